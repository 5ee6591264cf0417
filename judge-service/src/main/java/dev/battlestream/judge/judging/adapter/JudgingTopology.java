package dev.battlestream.judge.judging.adapter;

import dev.battlestream.effects.EffectEngine;
import dev.battlestream.effects.PendingStores;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.judge.judging.Docket;
import dev.battlestream.schemas.Topics;
import java.time.Duration;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Turns and verdicts meet in one processor with three stores: dockets, small and kept for the
 * retention; turns held for the verdict before theirs; and the effect engine's pending turns, gone
 * with their verdicts. Nothing is written downstream; verdicts are published by the effects.
 */
final class JudgingTopology {

    private JudgingTopology() {}

    static Topology of(
            EffectEngine<PendingTurn, JudgeCall> engine,
            Deserializer<TurnProduced> turns,
            Deserializer<VerdictIssued> verdicts,
            Duration retention,
            JudgingMeters meters) {
        return new Topology()
                .addSource("turns", new StringDeserializer(), turns, Topics.BATTLE_TURNS.name())
                .addSource(
                        "verdicts",
                        new StringDeserializer(),
                        verdicts,
                        Topics.BATTLE_VERDICTS.name())
                .addProcessor(
                        "judging",
                        () -> new JudgingProcessor(engine, retention, meters),
                        "turns",
                        "verdicts")
                .addStateStore(dockets(), "judging")
                .addStateStore(heldTurns(), "judging")
                .addStateStore(engine.pendingStore(), "judging");
    }

    private static StoreBuilder<KeyValueStore<String, PendingTurn>> heldTurns() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(HeldTurns.STORE),
                        Serdes.String(),
                        PendingTurn.serde())
                .withLoggingEnabled(PendingStores.SHORT_LIVED_CHANGELOG)
                .withCachingDisabled();
    }

    private static StoreBuilder<KeyValueStore<String, Docket>> dockets() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(JudgingProcessor.DOCKETS),
                        Serdes.String(),
                        new DocketSerde())
                // Overwritten at every turn: an early compaction keeps a restore short.
                .withLoggingEnabled(PendingStores.SHORT_LIVED_CHANGELOG)
                .withCachingDisabled();
    }
}
