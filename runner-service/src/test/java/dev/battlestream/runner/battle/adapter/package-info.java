/** Tests of battles on Kafka Streams. */
@NullMarked
package dev.battlestream.runner.battle.adapter;

import org.jspecify.annotations.NullMarked;
