package dev.battlestream.effects;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks the brokers. The end is the uncommitted one, since results are not in transactions. */
final class AdminResultLog implements ResultLog, AutoCloseable {

    private static final int TIMEOUT_MS = 5_000;

    private final Admin admin;

    AdminResultLog(Admin admin) {
        this.admin = admin;
    }

    @Override
    public CompletableFuture<Position> position(String group, TopicPartition partition) {
        CompletableFuture<Long> end = offset(partition, OffsetSpec.latest());
        CompletableFuture<Long> start = offset(partition, OffsetSpec.earliest());
        CompletableFuture<OptionalLong> committed = committed(group, partition);
        return end.thenCombine(start, Map::entry)
                .thenCombine(
                        committed,
                        (ends, next) -> new Position(ends.getValue(), ends.getKey(), next));
    }

    private CompletableFuture<Long> offset(TopicPartition partition, OffsetSpec spec) {
        return future(
                        admin.listOffsets(
                                        Map.of(partition, spec),
                                        new ListOffsetsOptions().timeoutMs(TIMEOUT_MS))
                                .partitionResult(partition))
                .thenApply(found -> found.offset());
    }

    private CompletableFuture<OptionalLong> committed(String group, TopicPartition partition) {
        return future(
                        admin.listConsumerGroupOffsets(
                                        Map.of(
                                                group,
                                                new ListConsumerGroupOffsetsSpec()
                                                        .topicPartitions(List.of(partition))),
                                        new ListConsumerGroupOffsetsOptions().timeoutMs(TIMEOUT_MS))
                                .partitionsToOffsetAndMetadata(group))
                .thenApply(found -> offset(found.get(partition)));
    }

    private static OptionalLong offset(@Nullable OffsetAndMetadata committed) {
        return committed == null ? OptionalLong.empty() : OptionalLong.of(committed.offset());
    }

    private static <T> CompletableFuture<T> future(KafkaFuture<T> asked) {
        return asked.toCompletionStage().toCompletableFuture();
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
