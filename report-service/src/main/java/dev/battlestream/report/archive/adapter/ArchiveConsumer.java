package dev.battlestream.report.archive.adapter;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Fills the archive from the log, on a thread of its own that nothing waits for. Offsets are
 * committed after the database has the batch, so a crash brings records again and loses none; the
 * table takes each once.
 *
 * <p>While PostgreSQL or the registry is away it stays in its group, with all partitions paused,
 * and brings the same batch again after a pause that doubles up to a limit.
 */
final class ArchiveConsumer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ArchiveConsumer.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LAG_EVERY = Duration.ofSeconds(5);
    private static final Duration LAG_LIMIT = Duration.ofSeconds(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final ArchiveSchema schema;
    private final ArchiveIntake intake;
    private final ArchiveDesk desk;
    private final ArchiveMeters meters;
    private final ArchiveSettings settings;
    private final CountDownLatch end;
    private volatile @Nullable Consumer<String, byte[]> current;
    private @Nullable Thread thread;

    /**
     * @param end stops it when counted down; {@link #stop} does
     */
    ArchiveConsumer(
            Supplier<Consumer<String, byte[]>> consumers,
            ArchiveSchema schema,
            ArchiveIntake intake,
            ArchiveDesk desk,
            ArchiveMeters meters,
            ArchiveSettings settings,
            CountDownLatch end) {
        this.consumers = consumers;
        this.schema = schema;
        this.intake = intake;
        this.desk = desk;
        this.meters = meters;
        this.settings = settings;
        this.end = end;
    }

    private void run() {
        try {
            if (!schema.awaitReady()) {
                return;
            }
            while (!stopping()) {
                try (Consumer<String, byte[]> consumer = consumers.get()) {
                    current = consumer;
                    consumer.subscribe(intake.topics());
                    new Reading(consumer).run();
                } catch (WakeupException _) {
                    log.trace("the service goes down");
                } catch (RuntimeException e) {
                    log.warn(
                            "the archive cannot read; trying again in {}: {}",
                            settings.retryTo(),
                            e.toString());
                    boolean _ = end.await(settings.retryTo().toMillis(), TimeUnit.MILLISECONDS);
                } finally {
                    current = null;
                }
            }
        } catch (InterruptedException _) {
            end.countDown();
        }
    }

    /** What one consumer reads. */
    private final class Reading {

        private final Consumer<String, byte[]> consumer;
        private int failures;
        private long lagAt = System.nanoTime() - LAG_EVERY.toNanos();
        private long sweptAt = System.nanoTime() - settings.sweepEvery().toNanos();

        Reading(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        void run() {
            while (!stopping()) {
                ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty() && !archive(records)) {
                    rewind(records);
                    pause();
                }
                measureLag();
                sweep();
            }
        }

        /** Not on a turn's path, and not beside the writing, whose tables it drops. */
        private void sweep() {
            if (System.nanoTime() - sweptAt < settings.sweepEvery().toNanos()) {
                return;
            }
            sweptAt = System.nanoTime();
            try {
                desk.sweep();
            } catch (DataAccessException | TransactionException e) {
                meters.failed(ArchiveMeters.Outage.DATABASE);
                log.warn("old months stay for now exception={}", e.getClass().getName());
            }
        }

        private boolean archive(ConsumerRecords<String, byte[]> records) {
            try {
                desk.take(intake.facts(records));
            } catch (DataAccessException | TransactionException e) {
                failed(ArchiveMeters.Outage.DATABASE, e);
                return false;
            } catch (RegistryAwayException e) {
                failed(ArchiveMeters.Outage.REGISTRY, e);
                return false;
            }
            if (failures > 0) {
                log.info("the archive is written again after {} tries", failures);
                failures = 0;
            }
            try {
                consumer.commitSync();
            } catch (CommitFailedException | RebalanceInProgressException e) {
                // Whoever has the partitions now brings the batch again.
                log.debug("a commit came too late: {}", e.getClass().getSimpleName());
            }
            return true;
        }

        private void failed(ArchiveMeters.Outage cause, RuntimeException e) {
            meters.failed(cause);
            if (failures++ == 0) {
                log.warn("the archive waits cause={} exception={}", cause, e.getClass().getName());
            }
        }

        private void rewind(ConsumerRecords<String, byte[]> records) {
            for (TopicPartition at : records.partitions()) {
                consumer.seek(at, records.records(at).getFirst().offset());
            }
        }

        /** Stays in the group and takes nothing. */
        private void pause() {
            long until = System.nanoTime() + delay().toNanos();
            consumer.pause(consumer.assignment());
            for (long left = until - System.nanoTime();
                    left > 0 && !stopping();
                    left = until - System.nanoTime()) {
                // Partitions that are assigned meanwhile are not paused yet.
                rewind(consumer.poll(Duration.ofNanos(Math.min(left, POLL.toNanos()))));
                consumer.pause(consumer.assignment());
                measureLag();
            }
            consumer.resume(consumer.paused());
        }

        private Duration delay() {
            int doublings = Math.clamp(failures - 1L, 0, 20);
            Duration delay = settings.retryFrom().multipliedBy(1L << doublings);
            return delay.compareTo(settings.retryTo()) < 0 ? delay : settings.retryTo();
        }

        private void measureLag() {
            Set<TopicPartition> mine = consumer.assignment();
            if (mine.isEmpty() || System.nanoTime() - lagAt < LAG_EVERY.toNanos()) {
                return;
            }
            lagAt = System.nanoTime();
            try {
                Map<TopicPartition, Long> ends = consumer.endOffsets(mine, LAG_LIMIT);
                long behind = 0;
                for (Map.Entry<TopicPartition, Long> last : ends.entrySet()) {
                    long read = consumer.position(last.getKey(), LAG_LIMIT);
                    behind += Math.max(0, last.getValue() - read);
                }
                meters.lags(behind);
            } catch (TimeoutException _) {
                log.debug("the broker does not say where its topics end");
            }
        }
    }

    private boolean stopping() {
        return end.getCount() == 0;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofPlatform().daemon().name("archive").start(this::run);
    }

    @Override
    public synchronized void stop() {
        end.countDown();
        Consumer<String, byte[]> reading = current;
        if (reading != null) {
            reading.wakeup();
        }
        Thread running = thread;
        try {
            // So that it leaves its group, and the pool of connections closes after it.
            if (running != null && !running.join(STOP_LIMIT)) {
                log.warn("the archive's thread did not end within {}", STOP_LIMIT);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null && !stopping();
    }
}
