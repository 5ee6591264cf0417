/** Scale runs over HTTP, requests and cancellations onto Kafka. */
@NullMarked
package dev.battlestream.gateway.scale.adapter;

import org.jspecify.annotations.NullMarked;
