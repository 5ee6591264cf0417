package dev.battlestream.report.battle.adapter;

import dev.battlestream.events.TurnDelta;
import dev.battlestream.schemas.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the deltas of followed battles as they come, and keeps none. It reads the partitions in
 * which somebody follows a battle here, without a group: followers are only where the views of
 * their battle are, so a rebalance moves it with them, and nothing is read while nobody looks.
 * Deltas of battles that nobody follows are not even decoded.
 *
 * <p>For each follower that comes it goes back a few seconds, so that the message that is being
 * written is told from its beginning, also after a restart or a rebalance. Followers that were
 * there hear nothing twice: each knows up to which offset it has heard.
 *
 * <p>It has a thread and a consumer of its own, and nothing waits for it: when the broker is away,
 * a record cannot be read, or more comes than it can take, deltas are lost and counted, and the
 * messages come through the views as ever.
 */
final class DeltaTail implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeltaTail.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** How far it goes back for a new follower: most messages are written in less. */
    private static final Duration LOOK_BACK = Duration.ofSeconds(10);

    /** It goes back in a partition this often at most, for all that have come meanwhile. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private static final Duration LOOK_LIMIT = Duration.ofSeconds(5);

    /** Records of a partition that may lie ahead; beyond that it goes on with the newest. */
    private static final long MOST_AHEAD = 20_000;

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Deserializer<TurnDelta> deserializer;
    private final Subscriptions subscriptions;
    private final DeltaDrops drops;
    private final InstantSource clock;
    private final PartitionWatches watches = new PartitionWatches();
    private final CountDownLatch end = new CountDownLatch(1);
    private @Nullable Thread thread;

    DeltaTail(
            Supplier<Consumer<String, byte[]>> consumers,
            Deserializer<TurnDelta> deserializer,
            Subscriptions subscriptions,
            DeltaDrops drops,
            InstantSource clock) {
        this.consumers = consumers;
        this.deserializer = deserializer;
        this.subscriptions = subscriptions;
        this.drops = drops;
        this.clock = clock;
    }

    /** Reads a partition from a few seconds ago on, until the watch is closed. */
    PartitionWatches.Watch watch(int partition) {
        return watches.watch(partition);
    }

    private void run() {
        while (!stopping()) {
            try (Consumer<String, byte[]> consumer = consumers.get()) {
                watches.onChange(consumer::wakeup);
                new Reading(consumer).run();
            } catch (RuntimeException e) {
                log.warn("deltas cannot be read; trying again in {}: {}", RETRY, e.toString());
                pause();
            } catch (InterruptedException _) {
                end.countDown();
            } finally {
                watches.onChange(() -> {});
            }
        }
    }

    /** What one consumer reads. */
    private final class Reading {

        private final Consumer<String, byte[]> consumer;
        private final Map<TopicPartition, Long> lookedAt = new HashMap<>();
        private Set<TopicPartition> assigned = Set.of();

        Reading(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        void run() throws InterruptedException {
            while (!stopping()) {
                try {
                    assign();
                    if (assigned.isEmpty()) {
                        watches.awaitFollower();
                    } else {
                        lookBack();
                        read();
                    }
                } catch (WakeupException _) {
                    log.trace("somebody came or went, or the service goes down");
                }
            }
        }

        private void assign() {
            Set<TopicPartition> wanted = partitions(watches.wanted());
            if (wanted.equals(assigned)) {
                return;
            }
            Set<TopicPartition> fresh = new HashSet<>(wanted);
            fresh.removeAll(assigned);
            consumer.assign(wanted);
            assigned = wanted;
            lookedAt.keySet().retainAll(wanted);
            lookedAt.keySet().removeAll(fresh);
            if (!fresh.isEmpty()) {
                consumer.seekToEnd(fresh);
            }
        }

        private void lookBack() {
            long now = System.nanoTime();
            Set<Integer> due = new HashSet<>(watches.newcomers());
            due.removeIf(number -> !isDue(partition(number), now));
            Set<TopicPartition> looking = partitions(due);
            if (looking.isEmpty()) {
                return;
            }
            long since = clock.instant().minus(LOOK_BACK).toEpochMilli();
            Map<TopicPartition, OffsetAndTimestamp> begins =
                    consumer.offsetsForTimes(
                            looking.stream().collect(Collectors.toMap(at -> at, _ -> since)),
                            LOOK_LIMIT);
            begins.forEach((at, begin) -> {
                if (begin != null) {
                    consumer.seek(at, begin.offset());
                }
            });
            looking.forEach(at -> lookedAt.put(at, now));
            watches.welcomed(due);
        }

        private boolean isDue(TopicPartition at, long now) {
            Long before = lookedAt.get(at);
            return assigned.contains(at)
                    && (before == null || now - before >= BETWEEN_LOOKS.toNanos());
        }

        private void read() {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                hand(record);
            }
            for (TopicPartition at : assigned) {
                long ahead = consumer.currentLag(at).orElse(0);
                if (ahead > MOST_AHEAD) {
                    consumer.seekToEnd(List.of(at));
                    drops.count(DeltaDrops.Reason.BEHIND, ahead);
                }
            }
        }
    }

    private static Set<TopicPartition> partitions(Set<Integer> numbers) {
        return numbers.stream()
                .map(DeltaTail::partition)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(Topics.BATTLE_DELTAS.name(), number);
    }

    private void hand(ConsumerRecord<String, byte[]> record) {
        String battleId = record.key();
        if (battleId == null || !subscriptions.awaits(battleId, record.offset())) {
            return;
        }
        TurnDelta delta;
        try {
            delta = deserializer.deserialize(record.topic(), record.headers(), record.value());
        } catch (RuntimeException e) {
            // The exception may quote the bytes.
            log.debug("a delta is unreadable: {}", e.getClass().getSimpleName());
            delta = null;
        }
        DeltaDrops.Reason refused =
                delta == null ? DeltaDrops.Reason.UNREADABLE : DeltaAvro.refuse(battleId, delta);
        if (delta != null && refused == null) {
            int dropped = subscriptions.tell(battleId, record.offset(), DeltaAvro.delta(delta));
            drops.count(DeltaDrops.Reason.SLOW_FOLLOWER, dropped);
        } else if (refused != null) {
            drops.count(refused, 1);
        }
    }

    private void pause() {
        try {
            boolean _ = end.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            end.countDown();
        }
    }

    private boolean stopping() {
        return end.getCount() == 0;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofPlatform().daemon().name("delta-tail").start(this::run);
    }

    @Override
    public synchronized void stop() {
        end.countDown();
        watches.end();
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null && !stopping();
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
