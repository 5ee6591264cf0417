package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.schemas.CorrelationHeaders;
import dev.battlestream.schemas.DeadLetter;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events onto the log and waits until it has them. Either step (the schema, the record) is
 * bounded in time and answered as a passing problem when it fails. After a time-out nobody knows
 * whether the record arrived: the caller repeats it under the same battle id, and the first record
 * wins.
 */
public final class EventPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);

    private final Producer<byte[], byte[]> producer;
    private final Map<Topic<?>, Serde<? extends SpecificRecord>> serdes;
    private final ExecutorService encoders = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration limit;
    private final MeterRegistry meters;

    /**
     * Takes the producer over and closes it in the end.
     *
     * @param limit longest wait for the schema, and again for the record's acknowledgement
     */
    EventPublisher(
            Producer<byte[], byte[]> producer,
            EventSerdes serdes,
            List<Topic<?>> topics,
            Duration limit,
            MeterRegistry meters) {
        this.producer = producer;
        this.serdes =
                topics.stream().collect(Collectors.toMap(Function.identity(), serdes::values));
        this.limit = limit;
        this.meters = meters;
    }

    /**
     * Publishes an event and waits for its acknowledgement by all in-sync replicas.
     *
     * @throws RequestProblem if the registry or the broker does not do its part in time
     */
    public <V extends SpecificRecord> void publish(
            Topic<V> topic, String id, V event, Correlation correlation) {
        RecordHeaders headers = headers(correlation);
        byte[] value = encoded(topic, headers, event);
        byte[] key = id.getBytes(StandardCharsets.UTF_8);
        send(new ProducerRecord<>(topic.name(), null, key, value, headers));
    }

    /**
     * Puts a record aside that cannot be decoded.
     *
     * @throws RequestProblem if the broker does not do its part in time
     */
    void deadLetter(ConsumerRecord<byte[], byte[]> record, Throwable cause) {
        send(DeadLetter.letter(record, record.timestamp(), cause));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        Timer.Sample sample = Timer.start(meters);
        String outcome = "failed";
        try {
            producer.send(record).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            outcome = "acknowledged";
        } catch (ExecutionException e) {
            throw refused(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw refused(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(e);
        } finally {
            sample.stop(
                    meters.timer(
                            "battlestream.gateway.publish",
                            "topic",
                            record.topic(),
                            "outcome",
                            outcome));
        }
    }

    private static RecordHeaders headers(Correlation correlation) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(
                CorrelationHeaders.REQUEST_ID,
                correlation.requestId().getBytes(StandardCharsets.UTF_8));
        if (correlation.traceparent() != null) {
            headers.add(
                    CorrelationHeaders.TRACEPARENT,
                    correlation.traceparent().getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }

    /** The event in the wire format; the first of a type asks the registry for its schema's id. */
    <V extends SpecificRecord> byte[] encoded(Topic<V> topic, RecordHeaders headers, V event) {
        Serde<V> serde = serde(topic);
        Future<byte[]> bytes =
                encoders.submit(() -> serde.serializer().serialize(topic.name(), headers, event));
        try {
            return bytes.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            bytes.cancel(true);
            LOG.warn("No schema id for {}: {}", topic.name(), cause(e).toString());
            throw RequestProblem.unavailable(
                    ProblemCode.REGISTRY_UNAVAILABLE, "Nothing was published; try again");
        } catch (InterruptedException e) {
            bytes.cancel(true);
            Thread.currentThread().interrupt();
            throw RequestProblem.unavailable(
                    ProblemCode.SHUTTING_DOWN, "Nothing was published; try again");
        }
    }

    @SuppressWarnings("unchecked") // filled with values(topic) of the same topic
    private <V extends SpecificRecord> Serde<V> serde(Topic<V> topic) {
        Serde<V> serde = (Serde<V>) serdes.get(topic);
        if (serde == null) {
            throw new IllegalStateException("the gateway does not write " + topic.name());
        }
        return serde;
    }

    private static Throwable cause(Exception e) {
        return e.getCause() == null ? e : e.getCause();
    }

    private static RequestProblem refused(Throwable cause) {
        if (cause instanceof RecordTooLargeException) {
            return RequestProblem.of(
                    ProblemCode.BODY_TOO_LARGE, "The request does not fit into one event");
        }
        LOG.warn("An event was not acknowledged: {}", cause.toString());
        return RequestProblem.unavailable(
                ProblemCode.BROKER_UNAVAILABLE,
                "It is not known whether the request was taken; repeat it, and it counts once");
    }

    @Override
    public void close() {
        producer.close(limit);
        encoders.shutdownNow();
        serdes.values().forEach(Serde::close);
    }
}
