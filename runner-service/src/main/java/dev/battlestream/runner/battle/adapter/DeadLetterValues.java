package dev.battlestream.runner.battle.adapter;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The bytes that an impossible record is dead-lettered with: those of its own topic. */
@FunctionalInterface
interface DeadLetterValues {

    byte @Nullable [] bytes(String topic, @Nullable SpecificRecord value);
}
