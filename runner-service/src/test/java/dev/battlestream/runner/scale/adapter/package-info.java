/** Tests of scale runs on Kafka Streams. */
@NullMarked
package dev.battlestream.runner.scale.adapter;

import org.jspecify.annotations.NullMarked;
