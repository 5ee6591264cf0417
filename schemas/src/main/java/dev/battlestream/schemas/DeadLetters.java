package dev.battlestream.schemas;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a Streams application does with a record that it cannot decode: the bytes go unchanged to
 * {@code <topic>.dlt} with the cause in headers (a {@link DeadLetter}), and reading goes on. Kafka
 * Streams writes the dead letter itself, in its transaction where it has one.
 *
 * <p>A registry that does not answer, or answers that it cannot or may not, is no fault of the
 * record: the application stops reading instead (its thread is replaced and tries again), so that
 * an outage dead-letters nothing.
 */
public final class DeadLetters implements DeserializationExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    @Override
    public void configure(Map<String, ?> configs) {
        // Nothing to configure: the topic's name says where its dead letters go.
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception cause) {
        if (RegistryOutage.causes(cause)) {
            log.warn(
                    "registry unreachable, reading stops topic={} partition={} offset={} cause={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    DeadLetter.describe(cause));
            return Response.fail();
        }
        log.warn(
                "undecodable record dead-lettered topic={} partition={} offset={} bytes={} cause={}",
                record.topic(),
                record.partition(),
                record.offset(),
                record.serializedValueSize(),
                cause.getClass().getName());
        return Response.resume(List.of(DeadLetter.letter(record, context.timestamp(), cause)));
    }
}
