package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.exchange.RequestProblem;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Runs the relay, the healing and the sweep, each again and again on a thread of its own. A round
 * that fails for a passing reason is counted, and the next one tries again.
 */
final class JobUpkeep implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(JobUpkeep.class);

    private record Chore(String name, Duration pause, Runnable round) {}

    private final JobSchema schema;
    private final JobCare care;
    private final JobSettings settings;
    private final MeterRegistry meters;
    private final AtomicLong running = new AtomicLong();
    private final AtomicLong unpublished = new AtomicLong();
    private final List<Chore> chores;
    private volatile List<Thread> threads = List.of();

    JobUpkeep(
            JobSchema schema,
            Outbox outbox,
            JobHealing healing,
            JobCare care,
            JobSettings settings,
            MeterRegistry meters) {
        this.schema = schema;
        this.care = care;
        this.settings = settings;
        this.meters = meters;
        this.chores =
                List.of(
                        new Chore("relay", settings.relayEvery(), outbox::relay),
                        new Chore("healing", settings.healEvery(), healing::heal),
                        new Chore("sweep", settings.sweepEvery(), this::sweep),
                        new Chore("counts", settings.relayEvery().multipliedBy(5), this::counts));
        meters.gauge("battlestream.gateway.jobs.running", running);
        meters.gauge("battlestream.gateway.jobs.unpublished", unpublished);
    }

    @Override
    public void start() {
        threads =
                chores.stream()
                        .map(chore ->
                                Thread.ofVirtual()
                                        .name("jobs-" + chore.name())
                                        .start(() -> repeat(chore)))
                        .toList();
    }

    private void repeat(Chore chore) {
        try {
            schema.awaitReady();
            while (true) {
                round(chore);
                Thread.sleep(chore.pause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round(Chore chore) {
        try {
            chore.round().run();
        } catch (DataAccessException | TransactionException | RequestProblem passing) {
            failed(chore);
            LOG.warn("The {} of jobs waits: {}", chore.name(), passing.toString());
        } catch (RuntimeException bug) {
            failed(chore);
            LOG.error("The {} of jobs failed", chore.name(), bug);
        }
    }

    private void failed(Chore chore) {
        meters.counter("battlestream.gateway.jobs.upkeep.failures", "chore", chore.name())
                .increment();
    }

    /** Bounded statements, as many as it takes: a table that was left alone is made small again. */
    private void sweep() {
        while (care.forgetKeys() == settings.batch() && !Thread.interrupted()) {}
        while (care.forgetJobs() == settings.batch() && !Thread.interrupted()) {}
        while (care.forgetSlots() == settings.batch() && !Thread.interrupted()) {}
    }

    private void counts() {
        JobCare.Counts counts = care.counts();
        running.set(counts.running());
        unpublished.set(counts.unpublished());
    }

    @Override
    public void stop() {
        threads.forEach(Thread::interrupt);
    }

    @Override
    public boolean isRunning() {
        return threads.stream().anyMatch(Thread::isAlive);
    }
}
