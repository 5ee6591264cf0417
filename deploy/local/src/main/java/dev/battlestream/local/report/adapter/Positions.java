package dev.battlestream.local.report.adapter;

import dev.battlestream.local.report.Place;
import dev.battlestream.local.report.adapter.ReportService.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Up to where a source has read: what the service says, which is of this moment, and what it has
 * committed, which it does not say of partitions that were quiet since it was started.
 */
public final class Positions implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ReportService report;
    private final Admin admin;

    public Positions(ReportService report, String bootstrapServers) {
        this.report = report;
        this.admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /**
     * The offset of the next record to be read, by partition; empty while the service does not
     * answer.
     */
    public Map<Place, Long> readTo(Source source) {
        Map<Place, Long> readTo = new HashMap<>(report.readTo(source));
        if (readTo.isEmpty()) {
            return readTo;
        }
        committed(source).forEach((place, next) -> readTo.merge(place, next, Math::max));
        return readTo;
    }

    /** Nothing while the broker does not answer: what the service says is a lower bound. */
    private Map<Place, Long> committed(Source source) {
        Map<Place, Long> committed = new HashMap<>();
        try {
            admin.listConsumerGroupOffsets(source.group())
                    .partitionsToOffsetAndMetadata()
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((at, next) -> {
                        if (next != null) {
                            committed.put(new Place(at.topic(), at.partition()), next.offset());
                        }
                    });
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException _) {
            return Map.of();
        }
        return committed;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
