package dev.battlestream.report.battle.adapter;

import dev.battlestream.events.TurnDelta;
import dev.battlestream.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the deltas of followed battles as they come, and remembers none. It reads the partitions in
 * which somebody follows a battle here, from their end on, without a group: followers are only
 * where the views of their battle are, so a rebalance moves it with them, and nothing is read while
 * nobody looks. Deltas of battles that nobody follows are not even decoded.
 *
 * <p>It has a thread and a consumer of its own, and nothing waits for it: when the broker is away,
 * a record cannot be read, or more comes than it can take, deltas are lost and counted, and the
 * messages come through the views as ever.
 */
final class DeltaTail implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeltaTail.class);

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Records of a partition that may lie ahead; beyond that it goes on with the newest. */
    private static final long MOST_AHEAD = 5_000;

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Deserializer<TurnDelta> deserializer;
    private final Subscriptions subscriptions;
    private final DeltaDrops drops;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<Integer, Integer> followers = new HashMap<>();
    private @Nullable Consumer<String, byte[]> reading;
    private @Nullable Thread thread;

    DeltaTail(
            Supplier<Consumer<String, byte[]>> consumers,
            Deserializer<TurnDelta> deserializer,
            Subscriptions subscriptions,
            DeltaDrops drops) {
        this.consumers = consumers;
        this.deserializer = deserializer;
        this.subscriptions = subscriptions;
        this.drops = drops;
    }

    /** A partition that is read until this is closed. */
    final class Watch implements AutoCloseable {

        private final int partition;
        private final AtomicBoolean left = new AtomicBoolean();

        private Watch(int partition) {
            this.partition = partition;
        }

        @Override
        public void close() {
            if (left.compareAndSet(false, true)) {
                leave(partition);
            }
        }
    }

    /** Reads a partition from now on. */
    synchronized Watch watch(int partition) {
        if (followers.merge(partition, 1, Integer::sum) == 1) {
            changed();
        }
        return new Watch(partition);
    }

    private synchronized void leave(int partition) {
        followers.computeIfPresent(partition, (_, many) -> many == 1 ? null : many - 1);
        if (!followers.containsKey(partition)) {
            changed();
        }
    }

    private void changed() {
        notifyAll();
        if (reading != null) {
            reading.wakeup();
        }
    }

    private void run() {
        while (!stopping()) {
            try (Consumer<String, byte[]> consumer = consumers.get()) {
                reads(consumer);
                tail(consumer);
            } catch (RuntimeException e) {
                log.warn("deltas cannot be read; trying again in {}: {}", RETRY, e.toString());
                pause();
            } finally {
                reads(null);
            }
        }
    }

    private void tail(Consumer<String, byte[]> consumer) {
        Set<TopicPartition> assigned = Set.of();
        while (!stopping()) {
            Set<TopicPartition> wanted = wanted();
            if (!wanted.equals(assigned)) {
                assign(consumer, wanted, assigned);
                assigned = wanted;
            }
            if (assigned.isEmpty()) {
                awaitFollower();
            } else {
                read(consumer);
            }
        }
    }

    private static void assign(
            Consumer<String, byte[]> consumer,
            Set<TopicPartition> wanted,
            Set<TopicPartition> before) {
        consumer.assign(wanted);
        Set<TopicPartition> fresh = new HashSet<>(wanted);
        fresh.removeAll(before);
        if (!fresh.isEmpty()) {
            consumer.seekToEnd(fresh);
        }
    }

    private void read(Consumer<String, byte[]> consumer) {
        try {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                hand(record);
            }
        } catch (WakeupException _) {
            // Somebody came or went, or the service goes down: the loop looks.
            return;
        }
        for (TopicPartition partition : consumer.assignment()) {
            long ahead = consumer.currentLag(partition).orElse(0);
            if (ahead > MOST_AHEAD) {
                consumer.seekToEnd(List.of(partition));
                drops.count(DeltaDrops.Reason.BEHIND, ahead);
            }
        }
    }

    private void hand(ConsumerRecord<String, byte[]> record) {
        String battleId = record.key();
        if (battleId == null || !subscriptions.followed(battleId)) {
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
            int dropped = subscriptions.tell(battleId, DeltaAvro.delta(delta));
            drops.count(DeltaDrops.Reason.SLOW_FOLLOWER, dropped);
        } else if (refused != null) {
            drops.count(refused, 1);
        }
    }

    private synchronized Set<TopicPartition> wanted() {
        Set<TopicPartition> wanted = new HashSet<>();
        for (Integer partition : followers.keySet()) {
            wanted.add(new TopicPartition(Topics.BATTLE_DELTAS.name(), partition));
        }
        return wanted;
    }

    private synchronized void awaitFollower() {
        try {
            while (followers.isEmpty() && !stopping()) {
                wait();
            }
        } catch (InterruptedException _) {
            end.countDown();
        }
    }

    private void pause() {
        try {
            boolean _ = end.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            end.countDown();
        }
    }

    private synchronized void reads(@Nullable Consumer<String, byte[]> consumer) {
        reading = consumer;
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
        changed();
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
