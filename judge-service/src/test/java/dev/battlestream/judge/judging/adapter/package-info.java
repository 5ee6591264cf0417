/** Judging against Kafka Streams, stores and the contract's records. */
@NullMarked
package dev.battlestream.judge.judging.adapter;

import org.jspecify.annotations.NullMarked;
