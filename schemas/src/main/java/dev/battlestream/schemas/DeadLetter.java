package dev.battlestream.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a record that its reader cannot decode or that is impossible: the bytes go
 * unchanged to {@code <topic>.dlt} with the cause in headers. A record that was compressed may be
 * larger than its dead-letter topic takes: it is put aside without its value, whose size is in a
 * header.
 */
public final class DeadLetter {

    /** Header: the class of the cause. */
    public static final String EXCEPTION = "__streams.errors.exception";

    /** Header: the cause in words. */
    public static final String MESSAGE = "__streams.errors.message";

    /** Header: the topic that the record was read from. */
    public static final String TOPIC = "__streams.errors.topic";

    /** Header: the partition that the record was read from. */
    public static final String PARTITION = "__streams.errors.partition";

    /** Header: the offset that the record was read at. */
    public static final String OFFSET = "__streams.errors.offset";

    /** Header: how many bytes the value has that is left out because it does not fit. */
    public static final String VALUE_BYTES = "__streams.errors.value.bytes";

    private static final int MAX_MESSAGE = 1_000;

    /** What a letter that does not fit keeps of its key and of its own headers, bytes each. */
    private static final int KEPT_BYTES = 16 * 1024;

    /** What Kafka adds to a record and its batch, and to each header, at most. */
    private static final int RECORD_OVERHEAD = 100;

    private static final int HEADER_OVERHEAD = 10;

    private DeadLetter() {}

    /**
     * The dead letter of a record: unchanged with its cause in further headers. Where that is more
     * than {@link Topic#MAX_DEAD_LETTER_BYTES} it is written without its value, without a key of
     * more than 16 KiB and with no more than 16 KiB of its own headers.
     *
     * @param timestamp milliseconds since 1970; where it is negative the producer's time is taken
     */
    public static ProducerRecord<byte[], byte[]> letter(
            ConsumerRecord<byte[], byte[]> record,
            long timestamp,
            String exception,
            String message) {
        Headers headers = withCause(record, record.headers(), exception, message);
        byte @Nullable [] key = record.key();
        byte @Nullable [] value = record.value();
        if (size(key) + size(value) + size(headers) + RECORD_OVERHEAD
                > Topic.MAX_DEAD_LETTER_BYTES) {
            headers = withCause(record, kept(record.headers()), exception, message);
            put(headers, VALUE_BYTES, Long.toString(size(value)));
            key = size(key) > KEPT_BYTES ? null : key;
            value = null;
        }
        return new ProducerRecord<>(
                record.topic() + Topics.DEAD_LETTER_SUFFIX,
                null,
                timestamp < 0 ? null : timestamp,
                key,
                value,
                headers);
    }

    /** The dead letter of a record that its reader cannot decode for the given cause. */
    public static ProducerRecord<byte[], byte[]> letter(
            ConsumerRecord<byte[], byte[]> record, long timestamp, Throwable cause) {
        return letter(record, timestamp, cause.getClass().getName(), describe(cause));
    }

    private static Headers withCause(
            ConsumerRecord<byte[], byte[]> record,
            Headers original,
            String exception,
            String message) {
        Headers headers = new RecordHeaders(original.toArray());
        put(headers, EXCEPTION, exception);
        put(headers, MESSAGE, shortened(message));
        put(headers, TOPIC, record.topic());
        put(headers, PARTITION, Integer.toString(record.partition()));
        put(headers, OFFSET, Long.toString(record.offset()));
        return headers;
    }

    /** The first headers that fit in, so that the correlation is not lost for a long one. */
    private static Headers kept(Headers original) {
        Headers kept = new RecordHeaders();
        long bytes = 0;
        for (Header header : original) {
            long added = size(header);
            if (bytes + added <= KEPT_BYTES) {
                bytes += added;
                kept.add(header);
            }
        }
        return kept;
    }

    private static long size(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += size(header);
        }
        return bytes;
    }

    private static long size(Header header) {
        return header.key().getBytes(StandardCharsets.UTF_8).length
                + size(header.value())
                + HEADER_OVERHEAD;
    }

    private static long size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The innermost cause in words, shortened to what a header may hold. */
    static String describe(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = root.getMessage() == null ? root.getClass().getName() : root.getMessage();
        return shortened(text);
    }

    private static String shortened(String text) {
        return text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) : text;
    }
}
