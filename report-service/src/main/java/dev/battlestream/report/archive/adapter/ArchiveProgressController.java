package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.battle.adapter.OutageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says how far the archive is. It is asked of the broker, so that every instance answers for all of
 * them.
 */
@RestController
final class ArchiveProgressController implements DisposableBean {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Admin admin;
    private final String group;

    /**
     * One partition of one topic.
     *
     * @param readTo offset of the next record to be read; everything before it is in the archive
     * @param endOffset end of the partition
     * @param lag offsets between the two; the end of a last transaction counts until more follows
     */
    record PartitionProgress(String topic, int partition, long readTo, long endOffset, long lag) {}

    /**
     * All partitions of which something has been archived.
     *
     * @param group the consumer group whose offsets they are
     */
    record Body(String group, List<PartitionProgress> partitions) {}

    ArchiveProgressController(
            ArchiveSettings settings, KafkaProperties kafka, KafkaConnectionDetails connection) {
        Map<String, Object> config = new HashMap<>(kafka.buildAdminProperties());
        config.put(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.getAdmin().getBootstrapServers());
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, settings.clientId() + "-progress");
        this.admin = Admin.create(config);
        this.group = settings.group();
    }

    @GetMapping("/internal/archive")
    Body archive() {
        Map<TopicPartition, OffsetAndMetadata> read =
                answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        read.keySet().forEach(at -> latest.put(at, OffsetSpec.latest()));
        List<PartitionProgress> partitions = new ArrayList<>();
        answer(admin.listOffsets(latest).all())
                .forEach((at, end) -> {
                    OffsetAndMetadata next = read.get(at);
                    long readTo = next == null ? 0 : next.offset();
                    partitions.add(
                            new PartitionProgress(
                                    at.topic(),
                                    at.partition(),
                                    readTo,
                                    end.offset(),
                                    Math.max(0, end.offset() - readTo)));
                });
        partitions.sort(
                Comparator.comparing(PartitionProgress::topic)
                        .thenComparingInt(PartitionProgress::partition));
        return new Body(group, partitions);
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(e);
        } catch (ExecutionException | TimeoutException e) {
            throw away(e);
        }
    }

    private static OutageException away(Exception e) {
        return new OutageException("broker_unavailable", "The broker does not answer", RETRY, e);
    }

    @Override
    public void destroy() {
        admin.close(RETRY);
    }
}
