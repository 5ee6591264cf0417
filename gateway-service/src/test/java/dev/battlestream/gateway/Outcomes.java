package dev.battlestream.gateway;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.RunEndReason;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.Usage;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.SerdeSettings;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.Infra;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes the ends of battles, as runners do. */
final class Outcomes {

    private Outcomes() {}

    static void publish(UUID battleId, EndReason reason) throws Exception {
        publish(battleId, reason, "0");
    }

    /**
     * @param usd what the agent, and as much again the judge, has cost, in US dollars
     */
    static void publish(UUID battleId, EndReason reason, String usd) throws Exception {
        publish(battleId.toString(), reason, usd);
    }

    /** The same of an id however it is written. */
    static void publish(String battleId, EndReason reason, String usd) throws Exception {
        Usage nothing = Usage.newBuilder().setCostUsd(new BigDecimal("0.000000000")).build();
        Usage something = Usage.newBuilder().setCostUsd(new BigDecimal(usd).setScale(9)).build();
        BattleEnded ended =
                BattleEnded.newBuilder()
                        .setBattleId(battleId)
                        .setReason(reason)
                        .setAgentUsage(something)
                        .setOpponentUsage(nothing)
                        .setJudgeUsage(something)
                        .setStartedAt(Instant.EPOCH)
                        .setEndedAt(Instant.EPOCH)
                        .build();
        EventSerdes serdes =
                new EventSerdes(SerdeSettings.apicurio(Infra.shared().registryUrl(), true));
        String topic = Topics.BATTLE_OUTCOMES.name();
        publish(
                topic,
                battleId,
                serdes.values(Topics.BATTLE_OUTCOMES).serializer().serialize(topic, ended));
    }

    /**
     * Publishes the end of a run.
     *
     * @param usd what it has cost, and as much again what it may have cost beside, in US dollars
     */
    static void publishRun(UUID runId, RunEndReason reason, String usd) throws Exception {
        publishRun(runId.toString(), reason, usd);
    }

    /** The same of an id however it is written. */
    static void publishRun(String runId, RunEndReason reason, String usd) throws Exception {
        BigDecimal cost = new BigDecimal(usd).setScale(9);
        ScaleRunEnded ended =
                ScaleRunEnded.newBuilder()
                        .setRunId(runId)
                        .setReason(reason)
                        .setCostUsd(cost)
                        .setUnsettledUsd(cost)
                        .setStartedAt(Instant.EPOCH)
                        .setEndedAt(Instant.EPOCH)
                        .build();
        EventSerdes serdes =
                new EventSerdes(SerdeSettings.apicurio(Infra.shared().registryUrl(), true));
        String topic = Topics.SCALE_OUTCOMES.name();
        publish(
                topic,
                runId,
                serdes.values(Topics.SCALE_OUTCOMES).serializer().serialize(topic, ended));
    }

    /** Publishes whatever bytes on the topic of outcomes of battles. */
    static void publish(UUID battleId, byte[] value) throws Exception {
        publish(Topics.BATTLE_OUTCOMES.name(), battleId.toString(), value);
    }

    private static void publish(String topic, String id, byte[] value) throws Exception {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                Infra.shared().bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, id, value)).get(20, TimeUnit.SECONDS);
        }
    }
}
