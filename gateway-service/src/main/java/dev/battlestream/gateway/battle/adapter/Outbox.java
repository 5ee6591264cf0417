package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.Job;
import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Brings accepted requests onto the log, at least once; the first record of a battle or run counts,
 * so once more does no harm. A start publishes its own request as soon as it is kept. What it could
 * not publish, because the broker or this process died, the relay of any gateway does.
 */
final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    /** While the broker is away, starts leave their requests to the relay instead of waiting. */
    private static final Duration AWAY = Duration.ofSeconds(5);

    private static final int RELAYED_AT_ONCE = 20;

    private final Jobs jobs;
    private final EventPublisher publisher;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private volatile Instant awayUntil = Instant.MIN;

    Outbox(Jobs jobs, EventPublisher publisher, MeterRegistry meters, InstantSource clock) {
        this.jobs = jobs;
        this.publisher = publisher;
        this.meters = meters;
        this.clock = clock;
    }

    /** Publishes a request that has just been kept. If that fails, the relay will. */
    <V extends SpecificRecord> void publishNow(
            JobRequest<V> kind, UUID id, V request, Correlation correlation) {
        if (clock.instant().isBefore(awayUntil)) {
            count("left");
            return;
        }
        try {
            publish(kind, id, request, correlation);
            count("published");
        } catch (RequestProblem problem) {
            awayUntil = clock.instant().plus(AWAY);
            count("left");
            LOG.warn("Job {} is left to the relay: {}", id, problem.code().code());
        } catch (DataAccessException e) {
            // On the log, but not known to be: the relay repeats it.
            count("unmarked");
            LOG.warn("Job {} is not marked as published: {}", id, e.toString());
        }
    }

    /**
     * Publishes what has been waiting for too long; stops when the broker does not answer.
     *
     * @throws DataAccessException if the database does not do its part
     */
    void relay() {
        for (UnpublishedJob job : jobs.takeUnpublished(RELAYED_AT_ONCE)) {
            try {
                publish(JobRequest.of(job.kind()), job);
                count("relayed");
                LOG.info("Job {} was published by the relay", job.id());
            } catch (SerializationException e) {
                giveUp(job, e);
            } catch (RequestProblem problem) {
                if (problem.code() != ProblemCode.BODY_TOO_LARGE) {
                    LOG.warn("The relay waits: {}", problem.code().code());
                    return;
                }
                giveUp(job, problem);
            }
        }
    }

    private <V extends SpecificRecord> void publish(JobRequest<V> kind, UnpublishedJob job) {
        publish(kind, job.id(), kind.encoding().decode(job.request()), job.correlation());
    }

    private <V extends SpecificRecord> void publish(
            JobRequest<V> kind, UUID id, V request, Correlation correlation) {
        publisher.publish(kind.topic(), id.toString(), request, correlation);
        awayUntil = Instant.MIN;
        jobs.published(id);
    }

    private void giveUp(UnpublishedJob job, RuntimeException cause) {
        LOG.error("The request of job {} can never be published", job.id(), cause);
        // Nobody has it, so it costs nothing.
        jobs.end(job.kind(), Map.of(job.id(), JobEnd.of(Job.UNPUBLISHABLE, BigDecimal.ZERO)));
        count("unpublishable");
    }

    private void count(String how) {
        meters.counter("battlestream.gateway.requests", "publication", how).increment();
    }
}
