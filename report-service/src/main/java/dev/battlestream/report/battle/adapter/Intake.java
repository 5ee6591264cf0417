package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.DropReason;
import dev.battlestream.schemas.Topic;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Reads each record once for all views of a sub-topology: checks that it can belong to what its key
 * names, and hands on what it says. When {@code forward} returns, all views have taken it in.
 *
 * @param <E> what a record says
 */
public abstract class Intake<E> implements Processor<String, SpecificRecord, String, E> {

    private final String name;
    private final List<Topic<? extends SpecificRecord>> topics;
    private final Drops drops;
    private final ReadPositions positions;
    private @Nullable ProcessorContext<String, E> context;

    /**
     * @param name of the node
     * @param topics that it reads
     */
    protected Intake(
            String name,
            List<Topic<? extends SpecificRecord>> topics,
            Drops drops,
            ReadPositions positions) {
        this.name = name;
        this.topics = topics;
        this.drops = drops;
        this.positions = positions;
    }

    /** Whether anything can have this key. */
    protected abstract boolean canBeKey(String key);

    /** The key that a record must have. */
    protected abstract String keyOf(SpecificRecord record);

    /** What a record says. */
    protected abstract E event(SpecificRecord record, RecordMetadata at);

    @Override
    public final void init(ProcessorContext<String, E> processorContext) {
        context = processorContext;
        positions.forget(topics, processorContext.taskId().partition());
    }

    @Override
    public final void process(Record<String, SpecificRecord> record) {
        ProcessorContext<String, E> processorContext = initialized();
        RecordMetadata at =
                processorContext
                        .recordMetadata()
                        .orElseThrow(() ->
                                new IllegalStateException("an intake reads records of topics"));
        DropReason refused = refuse(record.key(), record.value());
        if (refused == null) {
            processorContext.forward(record.withValue(event(record.value(), at)));
        } else {
            drops.count(name, refused);
        }
        positions.read(new TopicPartition(at.topic(), at.partition()), at.offset());
    }

    @Override
    public final void close() {
        positions.forget(topics, initialized().taskId().partition());
    }

    private ProcessorContext<String, E> initialized() {
        ProcessorContext<String, E> processorContext = context;
        if (processorContext == null) {
            throw new IllegalStateException("a processor runs only after its initialization");
        }
        return processorContext;
    }

    private @Nullable DropReason refuse(@Nullable String key, @Nullable SpecificRecord value) {
        if (key == null || !canBeKey(key)) {
            return DropReason.BAD_KEY;
        }
        if (value == null) {
            return DropReason.NO_VALUE;
        }
        return key.equals(keyOf(value)) ? null : DropReason.KEY_MISMATCH;
    }
}
