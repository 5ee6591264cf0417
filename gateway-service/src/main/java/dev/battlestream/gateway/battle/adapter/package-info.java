/** Battles over HTTP, requests and cancellations onto Kafka. */
@NullMarked
package dev.battlestream.gateway.battle.adapter;

import org.jspecify.annotations.NullMarked;
