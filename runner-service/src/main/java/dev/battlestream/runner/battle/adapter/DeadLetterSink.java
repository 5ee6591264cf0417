package dev.battlestream.runner.battle.adapter;

import dev.battlestream.schemas.DeadLetter;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Where a processor puts what it cannot work with. A record that made the stream thread throw would
 * be read again and again, and everything behind it would wait.
 */
public final class DeadLetterSink {

    private final ProcessorContext<Object, Object> context;
    private final DeadLetterValues values;
    private final String sink;
    private final Runnable counted;

    /**
     * @param sink the name of the topology's node that writes dead letters
     * @param counted told of each
     */
    public DeadLetterSink(
            ProcessorContext<Object, Object> context,
            DeadLetterValues values,
            String sink,
            Runnable counted) {
        this.context = context;
        this.values = values;
        this.sink = sink;
        this.counted = counted;
    }

    /** Puts a record aside, unchanged, with the cause in words. */
    public void put(Record<String, SpecificRecord> record, String cause) {
        RecordMetadata source = context.recordMetadata().orElseThrow();
        counted.run();
        String key = record.key();
        ConsumerRecord<byte[], byte[]> read =
                new ConsumerRecord<>(
                        source.topic(),
                        source.partition(),
                        source.offset(),
                        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                        values.bytes(source.topic(), record.value()));
        record.headers().forEach(read.headers()::add);
        // A letter without a time of its own would be old enough to be deleted at once.
        long at =
                record.timestamp() == RequestTimestamps.NONE
                        ? context.currentSystemTimeMs()
                        : record.timestamp();
        ProducerRecord<byte[], byte[]> letter =
                DeadLetter.letter(read, at, IllegalArgumentException.class.getName(), cause);
        context.forward(
                new Record<Object, Object>(
                        letter.key() == null ? null : key, letter.value(), at, letter.headers()),
                sink);
    }
}
