package dev.battlestream.runner.battle.adapter;

import dev.battlestream.effects.AggregateStreams;
import dev.battlestream.effects.EffectEngine;
import dev.battlestream.effects.EffectSettings;
import dev.battlestream.effects.EffectStreams;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.adapter.ChatModelsFactory;
import dev.battlestream.runner.battle.Admission;
import dev.battlestream.runner.battle.adapter.stored.StoredPendingTurn;
import dev.battlestream.schemas.DeadLetters;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.LogRetention;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.TopicCreation;
import dev.battlestream.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Puts the runner together. */
@Configuration(proxyBeanMethods = false)
class BattleConfiguration {

    private static final String APPLICATION_ID = "battlestream-runner";

    @Bean
    EventSerdes eventSerdes(PlatformSettings platform) {
        return new EventSerdes(platform.registry().serdes());
    }

    @Bean
    LlmSettings llmSettings(Environment environment) {
        return Binder.get(environment)
                .bind("battlestream.llm", LlmSettings.class)
                .orElseGet(LlmSettings::defaults);
    }

    @Bean
    ChatModels chatModels(LlmSettings settings, MeterRegistry registry) {
        return ChatModelsFactory.create(settings, registry);
    }

    @Bean
    LogRetention logRetention(PlatformSettings platform) {
        return platform.log();
    }

    @Bean
    BattleRules battleRules(
            RunnerSettings settings, ChatModels models, LlmSettings llm, LogRetention log) {
        return settings.rules(models, llm.prices().keySet(), log);
    }

    @Bean
    BattleAdmission battleAdmission(BattleRules rules) {
        return request ->
                Admission.refusal(
                        BattleAvro.request(request, Optional.of(Duration.ZERO)), rules.caps());
    }

    @Bean
    Written written(EventSerdes serdes) {
        return Written.of(serdes);
    }

    @Bean
    Deltas deltas(
            Written written,
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            MeterRegistry registry) {
        return new Deltas(
                deltaProducer(clientProperties(kafka, connection)),
                written.deltas(),
                InstantSource.system(),
                registry);
    }

    @Bean
    BattleStreams battleStreams(
            PlatformSettings platform,
            RunnerSettings settings,
            EventSerdes serdes,
            Written written,
            Deltas deltas,
            ChatModels models,
            BattleRules rules,
            List<StreamPart> parts,
            DeadLetterValues deadLetterValues,
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            MeterRegistry registry) {
        Map<String, Object> clients = clientProperties(kafka, connection);
        EffectEngine<StoredPendingTurn, TurnCall> turns =
                EffectEngine.create(
                        new TurnEffect(models, deltas, written.turns(), InstantSource.system()),
                        Topics.BATTLE_TURNS.name(),
                        EffectSettings.defaults()
                                .withMaxInFlight(settings.maxInFlight())
                                .withDrainLimit(settings.drainLimit()),
                        clients,
                        registry);
        BattleMeters meters = new BattleMeters(registry);
        Topology topology =
                BattleTopology.of(
                        serdes,
                        written,
                        turns,
                        () -> new BattleProcessor(rules, turns, meters, deadLetterValues));
        parts.forEach(part -> part.addTo(topology));
        KafkaStreams streams =
                new KafkaStreams(topology, streamsProperties(platform, settings, clients));
        new KafkaStreamsMetrics(streams).bindTo(registry);
        return new BattleStreams(
                () ->
                        TopicCreation.ensure(
                                clients,
                                platform.partitions(),
                                platform.replication(),
                                platform.log()),
                () -> {
                    written.resolve();
                    parts.forEach(StreamPart::resolve);
                },
                new AggregateStreams(streams, turns),
                deltas);
    }

    private static Map<String, Object> clientProperties(
            KafkaProperties kafka, KafkaConnectionDetails connection) {
        return EffectStreams.clients(
                kafka.buildAdminProperties(), connection.getAdmin().getBootstrapServers());
    }

    private static Properties streamsProperties(
            PlatformSettings platform, RunnerSettings settings, Map<String, Object> clients) {
        Properties properties =
                EffectStreams.properties(
                        APPLICATION_ID,
                        platform.instance(),
                        clients,
                        platform.stateDir(),
                        settings.threads(),
                        platform.replication());
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetters.class);
        return properties;
    }

    /** Deltas may be lost: one acknowledgement, a little patience, a little memory. */
    private static KafkaProducer<byte[], byte[]> deltaProducer(Map<String, Object> clients) {
        Map<String, Object> properties = new HashMap<>(clients);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "deltas");
        properties.put(ProducerConfig.ACKS_CONFIG, "1");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 50);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8 * 1024 * 1024);
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Bean
    static DeadLetterValues deadLetterValues(EventSerdes serdes) {
        Map<String, Serializer<SpecificRecord>> serializers =
                Topics.all().stream()
                        .collect(Collectors.toMap(Topic::name, topic -> anyValue(serdes, topic)));
        return DeadLetterValues.by(serializers);
    }

    @SuppressWarnings("unchecked") // the values of a topic were read with the topic's own serde
    private static Serializer<SpecificRecord> anyValue(EventSerdes serdes, Topic<?> topic) {
        return (Serializer<SpecificRecord>) (Serializer<?>) serdes.values(topic).serializer();
    }
}
