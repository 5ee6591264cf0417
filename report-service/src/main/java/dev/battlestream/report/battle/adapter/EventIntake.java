package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleEvent;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Reads the records of battles. */
final class EventIntake extends Intake<BattleEvent> {

    EventIntake(Drops drops, ReadPositions positions) {
        super(BattleTopology.INTAKE, BattleTopology.SOURCES, drops, positions);
    }

    @Override
    protected boolean canBeKey(String key) {
        return !key.isEmpty()
                && key.getBytes(StandardCharsets.UTF_8).length <= PlaceKeys.MOST_ID_BYTES;
    }

    @Override
    protected String keyOf(SpecificRecord record) {
        return EventAvro.battleId(record);
    }

    @Override
    protected BattleEvent event(SpecificRecord record, RecordMetadata at) {
        return EventAvro.event(record);
    }
}
