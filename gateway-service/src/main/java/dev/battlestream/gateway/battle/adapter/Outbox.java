package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.gateway.battle.Job;
import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.schemas.StoredAvro;
import dev.battlestream.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Brings accepted requests onto the log, at least once; the first record of a battle counts, so
 * once more does no harm. A start publishes its own request as soon as it is kept. What it could
 * not publish, because the broker or this process died, the relay of any gateway does.
 */
final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    static final StoredAvro<BattleRequested> ENCODING = StoredAvro.of(BattleRequested.class);

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
    void publishNow(BattleRequested request, Correlation correlation) {
        if (clock.instant().isBefore(awayUntil)) {
            count("left");
            return;
        }
        UUID battleId = UUID.fromString(request.getBattleId());
        try {
            publish(battleId, request, correlation);
            count("published");
        } catch (RequestProblem problem) {
            awayUntil = clock.instant().plus(AWAY);
            count("left");
            LOG.warn("Battle {} is left to the relay: {}", battleId, problem.code().code());
        } catch (DataAccessException e) {
            // On the log, but not known to be: the relay repeats it.
            count("unmarked");
            LOG.warn("Battle {} is not marked as published: {}", battleId, e.toString());
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
                publish(job.battleId(), ENCODING.decode(job.request()), job.correlation());
                count("relayed");
                LOG.info("Battle {} was published by the relay", job.battleId());
            } catch (SerializationException e) {
                giveUp(job.battleId(), e);
            } catch (RequestProblem problem) {
                if (problem.code() != ProblemCode.BODY_TOO_LARGE) {
                    LOG.warn("The relay waits: {}", problem.code().code());
                    return;
                }
                giveUp(job.battleId(), problem);
            }
        }
    }

    private void publish(UUID battleId, BattleRequested request, Correlation correlation) {
        publisher.publish(Topics.BATTLE_REQUESTS, battleId.toString(), request, correlation);
        awayUntil = Instant.MIN;
        jobs.published(battleId);
    }

    private void giveUp(UUID battleId, RuntimeException cause) {
        LOG.error("The request of battle {} can never be published", battleId, cause);
        // Nobody has it, so it costs nothing.
        jobs.end(Map.of(battleId, JobEnd.of(Job.UNPUBLISHABLE, BigDecimal.ZERO)));
        count("unpublishable");
    }

    private void count(String how) {
        meters.counter("battlestream.gateway.requests", "publication", how).increment();
    }
}
