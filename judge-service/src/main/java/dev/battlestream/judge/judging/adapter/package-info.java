/** Judging on Kafka Streams, Avro and real models. */
@NullMarked
package dev.battlestream.judge.judging.adapter;

import org.jspecify.annotations.NullMarked;
