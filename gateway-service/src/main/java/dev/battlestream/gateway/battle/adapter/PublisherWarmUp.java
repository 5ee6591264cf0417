package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.CancelReason;
import dev.battlestream.events.ScaleRunCancelRequested;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.gateway.battle.AllowedModels;
import dev.battlestream.gateway.battle.Caps;
import dev.battlestream.gateway.battle.StartBattle;
import dev.battlestream.gateway.battle.StartForm;
import dev.battlestream.gateway.battle.StartReading;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.schemas.OtherPartitionsException;
import dev.battlestream.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Fetches the schema ids and makes the topics behind the start of the web server, again and again
 * until both are there. Until then the gateway is alive but not ready; afterwards it stays ready,
 * because it has an answer for every outage.
 */
final class PublisherWarmUp implements SmartLifecycle, HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(PublisherWarmUp.class);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Runnable topics;
    private final EventPublisher publisher;
    private volatile boolean warm;
    private volatile @Nullable String refusal;
    private volatile Thread work = Thread.ofVirtual().unstarted(() -> {});

    /**
     * @param topics makes the topics that are missing; throws where not all are as they must be
     */
    PublisherWarmUp(Runnable topics, EventPublisher publisher) {
        this.topics = topics;
        this.publisher = publisher;
    }

    @Override
    public void start() {
        work = Thread.ofVirtual().name("publisher-warm-up").start(this::warmUp);
    }

    private void warmUp() {
        try {
            until(this::schemasKnown);
            until(this::topicsExist);
            warm = true;
            LOG.info("Topics and schemas are there: battles can be started");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void until(BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            Thread.sleep(PAUSE);
        }
    }

    private boolean topicsExist() {
        try {
            topics.run();
            refusal = null;
            return true;
        } catch (OtherPartitionsException e) {
            String before = refusal;
            refusal = e.getMessage();
            if (!Objects.equals(before, refusal)) {
                LOG.error("The gateway does not become ready: {}", refusal);
            }
            return false;
        } catch (RuntimeException e) {
            LOG.warn("The topics could not be made yet: {}", e.toString());
            return false;
        }
    }

    private boolean schemasKnown() {
        UUID nobody = new UUID(0, 0);
        try {
            BattleRequested battle = BattleAvro.requested(nobody, anything(), "", Instant.EPOCH);
            publisher.encoded(Topics.BATTLE_REQUESTS, new RecordHeaders(), battle);
            publisher.encoded(
                    Topics.BATTLE_CANCELLATIONS,
                    new RecordHeaders(),
                    BattleAvro.cancelRequested(nobody, CancelReason.MANUAL, "", Instant.EPOCH));
            publisher.encoded(
                    Topics.BATTLE_DELETIONS,
                    new RecordHeaders(),
                    BattleAvro.deletionRequested(nobody, "", Instant.EPOCH));
            publisher.encoded(
                    Topics.SCALE_REQUESTS,
                    new RecordHeaders(),
                    ScaleRunRequested.newBuilder()
                            .setRunId(nobody.toString())
                            .setRequestedAt(Instant.EPOCH)
                            .setBattle(battle)
                            .build());
            publisher.encoded(
                    Topics.SCALE_CANCELLATIONS,
                    new RecordHeaders(),
                    ScaleRunCancelRequested.newBuilder()
                            .setRunId(nobody.toString())
                            .setRequestedAt(Instant.EPOCH)
                            .build());
            return true;
        } catch (RequestProblem unavailable) {
            LOG.debug("The registry does not answer yet", unavailable);
            return false;
        }
    }

    private static StartBattle anything() {
        return switch (StartForm.read(Map.of(), Caps.CONTRACT, AllowedModels.ALL)) {
            case StartReading.Accepted accepted -> accepted.start();
            case StartReading.ModelNotAllowed _, StartReading.Refused _ ->
                    throw new IllegalStateException("an empty request was refused");
        };
    }

    @Override
    public void stop() {
        work.interrupt();
    }

    @Override
    public boolean isRunning() {
        return work.isAlive();
    }

    @Override
    public Health health() {
        if (warm) {
            return Health.up().build();
        }
        String why = refusal;
        return why == null
                ? Health.outOfService().withDetail("waitsFor", "broker and registry").build()
                : Health.outOfService().withDetail("refused", why).build();
    }
}
