/** Kafka Streams, state stores, HTTP and SSE around the views of battles. */
@NullMarked
package dev.battlestream.report.battle.adapter;

import org.jspecify.annotations.NullMarked;
