package dev.battlestream.runner.battle.adapter;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.Speaker;
import dev.battlestream.events.TurnDelta;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.runner.battle.EndReason;
import dev.battlestream.runner.battle.Outcome;
import dev.battlestream.runner.battle.Progress;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topics;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The serializers of all that the runner writes; each asks the registry once for its schema. */
record Written(
        Serializer<TurnProduced> turns,
        Serializer<BattleEnded> outcomes,
        Serializer<TurnDelta> deltas) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(Written.class);

    static Written of(EventSerdes serdes) {
        return new Written(
                serdes.values(Topics.BATTLE_TURNS).serializer(),
                serdes.values(Topics.BATTLE_OUTCOMES).serializer(),
                serdes.values(Topics.BATTLE_DELTAS).serializer());
    }

    /**
     * Learns the schemas' ids, so that no reply that has been paid for ever waits for the registry.
     *
     * @throws IllegalStateException if the registry is of no use for a minute
     */
    void resolve() {
        resolve(PATIENCE);
    }

    /** As the other one, with another patience than a minute. */
    void resolve(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (int trial = 1; ; trial++) {
            try {
                serializeSamples();
                return;
            } catch (RuntimeException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException(
                            "the schema registry did not give the schemas within " + patience, e);
                }
                if (trial == 1) {
                    log.warn("waiting for the schema registry cause={}", e.getClass().getName());
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the registry", e);
        }
    }

    /** Nobody sees these bytes. */
    private void serializeSamples() {
        Instant at = Instant.EPOCH;
        TurnProduced turn =
                TurnProduced.newBuilder()
                        .setBattleId("")
                        .setSeq(1)
                        .setTurn(1)
                        .setSpeaker(Speaker.AGENT)
                        .setContent("")
                        .setModel("")
                        .setCostUsd(BattleAvro.money(BigDecimal.ZERO))
                        .setProducedAt(at)
                        .build();
        BattleEnded ended =
                BattleAvro.ended(
                        "",
                        new Outcome(
                                EndReason.GOAL,
                                Optional.empty(),
                                Progress.NONE,
                                BigDecimal.ZERO,
                                Optional.empty(),
                                at,
                                at,
                                Optional.empty(),
                                Optional.empty()));
        TurnDelta delta =
                TurnDelta.newBuilder()
                        .setBattleId("")
                        .setSeq(1)
                        .setTurn(1)
                        .setIndex(0)
                        .setAt(at)
                        .build();
        turns.serialize(Topics.BATTLE_TURNS.name(), turn);
        outcomes.serialize(Topics.BATTLE_OUTCOMES.name(), ended);
        deltas.serialize(Topics.BATTLE_DELTAS.name(), delta);
    }
}
