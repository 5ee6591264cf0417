package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.DropReason;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads each record once for all views: checks that it can belong to the battle that its key names,
 * and hands on what it says. When {@code forward} returns, all views have taken it in.
 */
final class EventIntake implements Processor<String, SpecificRecord, String, BattleEvent> {

    private final Drops drops;
    private final ReadPositions positions;
    private @Nullable ProcessorContext<String, BattleEvent> context;

    EventIntake(Drops drops, ReadPositions positions) {
        this.drops = drops;
        this.positions = positions;
    }

    @Override
    public void init(ProcessorContext<String, BattleEvent> processorContext) {
        context = processorContext;
        positions.forget(processorContext.taskId().partition());
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        ProcessorContext<String, BattleEvent> processorContext = initialized();
        DropReason refused = refuse(record.key(), record.value());
        if (refused == null) {
            processorContext.forward(record.withValue(EventAvro.event(record.value())));
        } else {
            drops.count(BattleTopology.INTAKE, refused);
        }
        processorContext
                .recordMetadata()
                .ifPresent(at ->
                        positions.read(
                                new TopicPartition(at.topic(), at.partition()), at.offset()));
    }

    @Override
    public void close() {
        positions.forget(initialized().taskId().partition());
    }

    private ProcessorContext<String, BattleEvent> initialized() {
        ProcessorContext<String, BattleEvent> processorContext = context;
        if (processorContext == null) {
            throw new IllegalStateException("a processor runs only after its initialization");
        }
        return processorContext;
    }

    private static @Nullable DropReason refuse(
            @Nullable String key, @Nullable SpecificRecord value) {
        if (key == null
                || key.isEmpty()
                || key.getBytes(StandardCharsets.UTF_8).length > PlaceKeys.MOST_ID_BYTES) {
            return DropReason.BAD_KEY;
        }
        if (value == null) {
            return DropReason.NO_VALUE;
        }
        return key.equals(EventAvro.battleId(value)) ? null : DropReason.KEY_MISMATCH;
    }
}
