package dev.battlestream.runner.battle.adapter;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.Speaker;
import dev.battlestream.events.TurnDelta;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.runner.battle.EndReason;
import dev.battlestream.runner.battle.Outcome;
import dev.battlestream.runner.battle.Progress;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topics;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serializer;

/** The serializers of all that the runner writes; each asks the registry once for its schema. */
record Written(
        Serializer<TurnProduced> turns,
        Serializer<BattleEnded> outcomes,
        Serializer<RunMemberChanged> members,
        Serializer<TurnDelta> deltas) {

    static Written of(EventSerdes serdes) {
        return new Written(
                serdes.values(Topics.BATTLE_TURNS).serializer(),
                serdes.values(Topics.BATTLE_OUTCOMES).serializer(),
                serdes.values(Topics.SCALE_MEMBERS).serializer(),
                serdes.values(Topics.BATTLE_DELTAS).serializer());
    }

    /**
     * Learns the schemas' ids, so that no reply that has been paid for ever waits for the registry.
     *
     * @throws IllegalStateException if the registry is of no use for a minute
     */
    void resolve() {
        RegistryPatience.ask(this::serializeSamples);
    }

    /** Nobody sees these bytes. */
    void serializeSamples() {
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
        members.serialize(Topics.SCALE_MEMBERS.name(), new RunMemberChanged("", 1, "", at, ended));
        deltas.serialize(Topics.BATTLE_DELTAS.name(), delta);
    }
}
