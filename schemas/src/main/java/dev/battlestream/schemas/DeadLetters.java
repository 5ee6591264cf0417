package dev.battlestream.schemas;

import com.microsoft.kiota.ApiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a Streams application does with a record that it cannot decode: the bytes go unchanged to
 * {@code <topic>.dlt} with the cause in headers, and reading goes on. Kafka Streams writes the dead
 * letter itself, in its transaction where it has one.
 *
 * <p>A registry that does not answer, or answers that it cannot or may not, is no fault of the
 * record: the application stops reading instead (its thread is replaced and tries again), so that
 * an outage dead-letters nothing.
 */
public final class DeadLetters implements DeserializationExceptionHandler {

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

    private static final int MAX_MESSAGE = 1_000;

    private static final int SERVER_ERROR = 500;

    /** Unauthorized, Forbidden, Request Timeout, Too Many Requests. */
    private static final Set<Integer> PASSING_REFUSALS = Set.of(401, 403, 408, 429);

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    @Override
    public void configure(Map<String, ?> configs) {
        // Nothing to configure: the topic's name says where its dead letters go.
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception cause) {
        if (isOutage(cause)) {
            log.warn(
                    "registry unreachable, reading stops topic={} partition={} offset={} cause={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    describe(cause));
            return Response.fail();
        }
        log.warn(
                "undecodable record dead-lettered topic={} partition={} offset={} bytes={} cause={}",
                record.topic(),
                record.partition(),
                record.offset(),
                record.serializedValueSize(),
                cause.getClass().getName());
        Headers headers =
                headers(
                        record.headers(),
                        cause.getClass().getName(),
                        describe(cause),
                        record.topic(),
                        record.partition(),
                        record.offset());
        return Response.resume(
                List.of(
                        new ProducerRecord<>(
                                record.topic() + Topics.DEAD_LETTER_SUFFIX,
                                null,
                                context.timestamp(),
                                record.key(),
                                record.value(),
                                headers)));
    }

    /** The headers of a dead letter: those of the record and its cause. */
    public static Headers headers(
            Headers original,
            String exception,
            String message,
            String topic,
            int partition,
            long offset) {
        Headers headers = new RecordHeaders(original.toArray());
        put(headers, EXCEPTION, exception);
        put(headers, MESSAGE, message);
        put(headers, TOPIC, topic);
        put(headers, PARTITION, Integer.toString(partition));
        put(headers, OFFSET, Long.toString(offset));
        return headers;
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String describe(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = root.getMessage() == null ? root.getClass().getName() : root.getMessage();
        return text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) : text;
    }

    /** Whether the cause is that a server was of no use; damaged Avro data never is. */
    private static boolean isOutage(@Nullable Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof java.net.SocketException
                    || t instanceof java.net.UnknownHostException
                    || t instanceof java.net.http.HttpTimeoutException
                    || t instanceof java.util.concurrent.TimeoutException
                    || isClosedConnection(t)
                    || isRefusal(t)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isClosedConnection(Throwable t) {
        return t instanceof IOException
                && !(t instanceof java.io.EOFException)
                && t.getStackTrace().length > 0
                && t.getStackTrace()[0].getClassName().startsWith("jdk.internal.net.http");
    }

    /** An answer that says nothing about the schema, unlike 404. */
    private static boolean isRefusal(Throwable t) {
        return t instanceof ApiException answer
                && (answer.getResponseStatusCode() >= SERVER_ERROR
                        || PASSING_REFUSALS.contains(answer.getResponseStatusCode()));
    }
}
