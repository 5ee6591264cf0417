/** Battles on Kafka Streams: topology, model calls, Avro and configuration. */
@NullMarked
package dev.battlestream.runner.battle.adapter;

import org.jspecify.annotations.NullMarked;
