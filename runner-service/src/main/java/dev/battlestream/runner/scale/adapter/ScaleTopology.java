package dev.battlestream.runner.scale.adapter;

import dev.battlestream.events.BattleCancelRequested;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.runner.battle.adapter.BoundedDeserializer;
import dev.battlestream.runner.battle.adapter.RegistryPatience;
import dev.battlestream.runner.battle.adapter.RequestTimestamps;
import dev.battlestream.runner.battle.adapter.StreamPart;
import dev.battlestream.runner.scale.RunEndReason;
import dev.battlestream.runner.scale.RunOutcome;
import dev.battlestream.runner.scale.RunProgress;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** Requests, cancellations and ended members of scale runs in; battles and outcomes out. */
final class ScaleTopology implements StreamPart {

    static final String RUNS = "scale-runs";
    static final String BATTLES = "scale-battles";
    static final String CANCELLATIONS = "scale-battle-cancellations";
    static final String MEMBERS = "scale-members";
    static final String OUTCOMES = "scale-outcomes";
    static final String DEAD_LETTERS = "scale-dead-letters";

    /** A member's request has a few ids more than the run's; it must fit, too. */
    static final int MAX_BYTES = Topic.MAX_RECORD_BYTES - 4_096;

    private final EventSerdes serdes;
    private final ProcessorSupplier<String, SpecificRecord, Object, Object> processor;
    // Each is made once: it remembers the ids of its schemas.
    private final Serializer<BattleRequested> battles;
    private final Serializer<BattleCancelRequested> cancellations;
    private final Serializer<RunMemberChanged> members;
    private final Serializer<ScaleRunEnded> outcomes;

    ScaleTopology(
            EventSerdes serdes,
            ProcessorSupplier<String, SpecificRecord, Object, Object> processor) {
        this.serdes = serdes;
        this.processor = processor;
        battles = serdes.values(Topics.BATTLE_REQUESTS).serializer();
        cancellations = serdes.values(Topics.BATTLE_CANCELLATIONS).serializer();
        members = serdes.values(Topics.SCALE_MEMBERS).serializer();
        outcomes = serdes.values(Topics.SCALE_OUTCOMES).serializer();
    }

    @Override
    public void addTo(Topology topology) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                "scale-requests",
                new RequestTimestamps(),
                Serdes.String().deserializer(),
                new BoundedDeserializer<>(
                        serdes.values(Topics.SCALE_REQUESTS).deserializer(), MAX_BYTES),
                Topics.SCALE_REQUESTS.name());
        source(topology, "scale-cancellations", Topics.SCALE_CANCELLATIONS);
        source(topology, "scale-member-changes", Topics.SCALE_MEMBERS);
        topology.addProcessor(
                RUNS, processor, "scale-requests", "scale-cancellations", "scale-member-changes");
        ScaleStores.builders().forEach(store -> topology.addStateStore(store, RUNS));
        sink(topology, BATTLES, Topics.BATTLE_REQUESTS, battles);
        sink(topology, CANCELLATIONS, Topics.BATTLE_CANCELLATIONS, cancellations);
        sink(topology, MEMBERS, Topics.SCALE_MEMBERS, members);
        sink(topology, OUTCOMES, Topics.SCALE_OUTCOMES, outcomes);
        topology.addSink(
                DEAD_LETTERS,
                new DeadLetterTopic(),
                Serdes.String().serializer(),
                Serdes.ByteArray().serializer(),
                RUNS);
    }

    private void source(Topology topology, String name, Topic<?> topic) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                name,
                Serdes.String().deserializer(),
                new BoundedDeserializer<>(serdes.values(topic).deserializer(), MAX_BYTES),
                topic.name());
    }

    private static <V> void sink(
            Topology topology, String name, Topic<?> topic, Serializer<V> values) {
        topology.addSink(name, topic.name(), Serdes.String().serializer(), values, RUNS);
    }

    @Override
    public void resolve() {
        RegistryPatience.ask(this::serializeSamples);
    }

    /** Nobody sees these bytes. */
    private void serializeSamples() {
        Instant at = Instant.EPOCH;
        String runId = "00000000-0000-0000-0000-000000000000";
        BattleRequested battle =
                BattleRequested.newBuilder().setBattleId(runId).setRequestedAt(at).build();
        ScaleRunRequested request =
                ScaleRunRequested.newBuilder()
                        .setRunId(runId)
                        .setRequestedAt(at)
                        .setBattle(battle)
                        .build();
        BattleRequested member = ScaleAvro.member(request, 1, Optional.empty(), at);
        RunOutcome outcome =
                new RunOutcome(
                        RunEndReason.COMPLETED,
                        Optional.empty(),
                        ScaleAvro.terms(request, 0, Map.of(), at),
                        RunProgress.NONE,
                        at);
        battles.serialize(Topics.BATTLE_REQUESTS.name(), member);
        cancellations.serialize(
                Topics.BATTLE_CANCELLATIONS.name(),
                ScaleAvro.cancel(runId, 1, RunEndReason.MANUAL, null, at));
        members.serialize(Topics.SCALE_MEMBERS.name(), ScaleAvro.launched(member, 1));
        outcomes.serialize(Topics.SCALE_OUTCOMES.name(), ScaleAvro.ended(runId, outcome));
    }

    /** Names the dead-letter topic of the topic that the record was read from. */
    private record DeadLetterTopic() implements TopicNameExtractor<String, byte[]> {

        @Override
        public String extract(String key, byte[] value, RecordContext context) {
            return context.topic() + Topics.DEAD_LETTER_SUFFIX;
        }
    }
}
