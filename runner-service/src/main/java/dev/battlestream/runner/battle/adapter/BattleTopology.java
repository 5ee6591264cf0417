package dev.battlestream.runner.battle.adapter;

import dev.battlestream.effects.EffectEngine;
import dev.battlestream.runner.battle.adapter.stored.StoredPendingTurn;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * Everything that happens to a battle comes together in one processor, which keeps its state and
 * says how it ended.
 */
final class BattleTopology {

    static final String OUTCOMES = "outcomes";
    static final String MEMBERS = "members";
    static final String DEAD_LETTERS = "dead-letters";
    private static final String BATTLES = "play";

    /** A larger record would endanger the bounds on what is stored and forwarded, in bytes. */
    static final int MAX_EVENT_BYTES = 600_000;

    private BattleTopology() {}

    static Topology of(
            EventSerdes serdes,
            Written written,
            EffectEngine<StoredPendingTurn, TurnCall> turns,
            ProcessorSupplier<String, SpecificRecord, Object, Object> processor) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                "requests",
                new RequestTimestamps(),
                Serdes.String().deserializer(),
                values(serdes, Topics.BATTLE_REQUESTS, Topic.MAX_RECORD_BYTES),
                Topics.BATTLE_REQUESTS.name());
        source(topology, serdes, "cancellations", Topics.BATTLE_CANCELLATIONS);
        source(topology, serdes, "turns", Topics.BATTLE_TURNS);
        source(topology, serdes, "verdicts", Topics.BATTLE_VERDICTS);
        topology.addProcessor(BATTLES, processor, "requests", "cancellations", "turns", "verdicts");
        BattleStores.builders().forEach(store -> topology.addStateStore(store, BATTLES));
        topology.addStateStore(turns.pendingStore(), BATTLES);
        topology.addSink(
                OUTCOMES,
                Topics.BATTLE_OUTCOMES.name(),
                Serdes.String().serializer(),
                written.outcomes(),
                BATTLES);
        topology.addSink(
                MEMBERS,
                Topics.SCALE_MEMBERS.name(),
                Serdes.String().serializer(),
                written.members(),
                BATTLES);
        topology.addSink(
                DEAD_LETTERS,
                new DeadLetterTopic(),
                Serdes.String().serializer(),
                Serdes.ByteArray().serializer(),
                BATTLES);
        return topology;
    }

    private static void source(Topology topology, EventSerdes serdes, String name, Topic<?> topic) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                name,
                Serdes.String().deserializer(),
                values(serdes, topic, MAX_EVENT_BYTES),
                topic.name());
    }

    private static <V extends SpecificRecord> Deserializer<V> values(
            EventSerdes serdes, Topic<V> topic, int maxBytes) {
        return new BoundedDeserializer<>(serdes.values(topic).deserializer(), maxBytes);
    }

    /** Names the dead-letter topic of the topic that the record was read from. */
    private record DeadLetterTopic() implements TopicNameExtractor<String, byte[]> {

        @Override
        public String extract(String key, byte[] value, RecordContext context) {
            return context.topic() + Topics.DEAD_LETTER_SUFFIX;
        }
    }
}
