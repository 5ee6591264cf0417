package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.adapter.Drops;
import dev.battlestream.report.battle.adapter.Intake;
import dev.battlestream.report.battle.adapter.ReadPositions;
import dev.battlestream.report.scale.Run;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Reads the records of runs. */
final class RunIntake extends Intake<RunRecord> {

    RunIntake(Drops drops, ReadPositions positions) {
        super(RunTopology.INTAKE, RunTopology.SOURCES, drops, positions);
    }

    @Override
    protected boolean canBeKey(String key) {
        return RunIds.isOne(key);
    }

    @Override
    protected String keyOf(SpecificRecord record) {
        return RunAvro.runId(record);
    }

    @Override
    protected RunRecord event(SpecificRecord record, RecordMetadata at) {
        Run.AsOf behind = new Run.AsOf(at.topic(), at.partition(), at.offset() + 1);
        return new RunRecord(RunAvro.event(record, behind.offset()), behind);
    }
}
