/** Tests of the views on Kafka Streams and of the internal API. */
@NullMarked
package dev.battlestream.report.battle.adapter;

import org.jspecify.annotations.NullMarked;
