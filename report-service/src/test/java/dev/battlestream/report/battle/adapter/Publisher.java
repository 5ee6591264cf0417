package dev.battlestream.report.battle.adapter;

import dev.battlestream.events.BattleDeletionRequested;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.events.TurnDelta;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.SerdeSettings;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.Infra;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes as the other services do: requests, outcomes and what is of members in transactions.
 */
public final class Publisher implements AutoCloseable {

    private final EventSerdes serdes =
            new EventSerdes(SerdeSettings.apicurio(Infra.shared().registryUrl(), true));
    private final Serializer<BattleRequested> requests = serializer(Topics.BATTLE_REQUESTS);
    private final Serializer<TurnProduced> turns = serializer(Topics.BATTLE_TURNS);
    private final Serializer<VerdictIssued> verdicts = serializer(Topics.BATTLE_VERDICTS);
    private final Serializer<BattleEnded> outcomes = serializer(Topics.BATTLE_OUTCOMES);
    private final Serializer<TurnDelta> deltas = serializer(Topics.BATTLE_DELTAS);
    private final Serializer<BattleDeletionRequested> deletions =
            serializer(Topics.BATTLE_DELETIONS);
    private final Serializer<ScaleRunRequested> runs = serializer(Topics.SCALE_REQUESTS);
    private final Serializer<RunMemberChanged> members = serializer(Topics.SCALE_MEMBERS);
    private final Serializer<ScaleRunEnded> runOutcomes = serializer(Topics.SCALE_OUTCOMES);
    private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
    private final KafkaProducer<String, byte[]> plain = producer(Map.of());
    private final KafkaProducer<String, byte[]> transactional =
            producer(
                    Map.of(
                            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                            "publisher-" + UUID.randomUUID()));

    public Publisher() {
        transactional.initTransactions();
    }

    private static KafkaProducer<String, byte[]> producer(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, Infra.shared().bootstrapServers());
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    private <V extends SpecificRecord> Serializer<V> serializer(Topic<V> topic) {
        return serdes.values(topic).serializer();
    }

    /** Publishes and waits until the broker has it. */
    public void publish(SpecificRecord record) {
        switch (record) {
            case TurnProduced turn -> send(plain, encode(Topics.BATTLE_TURNS, turns, turn));
            case TurnDelta delta -> {
                String topic = Topics.BATTLE_DELTAS.name();
                send(
                        plain,
                        new ProducerRecord<>(
                                topic, delta.getBattleId(), deltas.serialize(topic, delta)));
            }
            case VerdictIssued verdict ->
                    send(plain, encode(Topics.BATTLE_VERDICTS, verdicts, verdict));
            case BattleRequested requested -> {
                transactional.beginTransaction();
                send(transactional, encode(Topics.BATTLE_REQUESTS, requests, requested));
                transactional.commitTransaction();
            }
            case BattleEnded ended -> {
                transactional.beginTransaction();
                send(transactional, encode(Topics.BATTLE_OUTCOMES, outcomes, ended));
                transactional.commitTransaction();
            }
            case BattleDeletionRequested deletion ->
                    send(plain, encode(Topics.BATTLE_DELETIONS, deletions, deletion));
            case ScaleRunRequested requested -> {
                String topic = Topics.SCALE_REQUESTS.name();
                send(
                        plain,
                        new ProducerRecord<>(
                                topic, requested.getRunId(), runs.serialize(topic, requested)));
            }
            case RunMemberChanged changed -> {
                String topic = Topics.SCALE_MEMBERS.name();
                transactional.beginTransaction();
                send(
                        transactional,
                        new ProducerRecord<>(
                                topic, changed.getRunId(), members.serialize(topic, changed)));
                transactional.commitTransaction();
            }
            case ScaleRunEnded ended -> {
                String topic = Topics.SCALE_OUTCOMES.name();
                transactional.beginTransaction();
                send(
                        transactional,
                        new ProducerRecord<>(
                                topic, ended.getRunId(), runOutcomes.serialize(topic, ended)));
                transactional.commitTransaction();
            }
            default -> throw new IllegalArgumentException(record.getSchema().getName());
        }
    }

    /** Publishes what a battle plays without waiting for each record; {@link #flush} waits. */
    public void publishSoon(SpecificRecord record) {
        ProducerRecord<String, byte[]> encoded =
                switch (record) {
                    case TurnProduced turn -> encode(Topics.BATTLE_TURNS, turns, turn);
                    case VerdictIssued verdict -> encode(Topics.BATTLE_VERDICTS, verdicts, verdict);
                    case BattleRequested requested ->
                            encode(Topics.BATTLE_REQUESTS, requests, requested);
                    case BattleEnded ended -> encode(Topics.BATTLE_OUTCOMES, outcomes, ended);
                    default -> throw new IllegalArgumentException(record.getSchema().getName());
                };
        Future<?> _ =
                plain.send(
                        encoded,
                        (_, failure) -> {
                            if (failure != null) {
                                failed.compareAndSet(null, failure);
                            }
                        });
    }

    /** Waits until the broker has all that was published. */
    public void flush() {
        plain.flush();
        Exception failure = failed.get();
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    /** Publishes an outcome in a transaction that is aborted. */
    void publishAborted(BattleEnded ended) {
        transactional.beginTransaction();
        send(transactional, encode(Topics.BATTLE_OUTCOMES, outcomes, ended));
        transactional.abortTransaction();
    }

    /** Publishes bytes and waits until the broker has them. */
    public void publish(String topic, String key, byte[] value) {
        send(plain, new ProducerRecord<>(topic, key, value));
    }

    private static <V extends SpecificRecord> ProducerRecord<String, byte[]> encode(
            Topic<V> topic, Serializer<V> serializer, V value) {
        return new ProducerRecord<>(
                topic.name(), EventAvro.battleId(value), serializer.serialize(topic.name(), value));
    }

    private static void send(
            KafkaProducer<String, byte[]> producer, ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        plain.close();
        transactional.close();
    }
}
