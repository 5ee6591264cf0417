package dev.battlestream.judge.judging.adapter;

import dev.battlestream.effects.AggregateStreams;
import dev.battlestream.effects.EffectEngine;
import dev.battlestream.effects.EffectSettings;
import dev.battlestream.effects.EffectStreams;
import dev.battlestream.judge.judging.Cascade;
import dev.battlestream.judge.judging.Court;
import dev.battlestream.judge.judging.ModelRules;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.adapter.ChatModelsFactory;
import dev.battlestream.schemas.DeadLetters;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.TopicCreation;
import dev.battlestream.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Puts the judge together. */
@Configuration(proxyBeanMethods = false)
class JudgingConfiguration {

    private static final String APPLICATION_ID = "battlestream-judge";

    @Bean
    EventSerdes eventSerdes(PlatformProperties platform) {
        return new EventSerdes(platform.registry().serdes());
    }

    @Bean
    ChatModels chatModels(Environment environment, MeterRegistry registry) {
        return ChatModelsFactory.create(
                Binder.get(environment)
                        .bind("battlestream.llm", LlmSettings.class)
                        .orElseGet(LlmSettings::defaults),
                registry);
    }

    @Bean
    JudgingStreams judgingStreams(
            PlatformProperties platform,
            JudgingProperties judging,
            EventSerdes serdes,
            ChatModels chat,
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            MeterRegistry registry) {
        Map<String, Object> clients =
                EffectStreams.clients(
                        kafka.buildAdminProperties(), connection.getAdmin().getBootstrapServers());
        TopicCreation.ensure(
                clients, platform.partitions(), platform.replication(), platform.log());
        JudgingMeters meters = new JudgingMeters(registry);
        EffectEngine<PendingTurn, JudgeCall> engine =
                EffectEngine.create(
                        new VerdictEffect(
                                new Cascade(new Court(judging.modelRules(), PromptFiles.prompts())),
                                judgeModels(judging, chat),
                                serdes.values(Topics.BATTLE_VERDICTS).serializer(),
                                InstantSource.system(),
                                meters),
                        Topics.BATTLE_VERDICTS.name(),
                        EffectSettings.defaults()
                                .withMaxInFlight(judging.maxInFlight())
                                .withDrainLimit(judging.drain()),
                        clients,
                        registry);
        Topology topology =
                JudgingTopology.of(
                        engine,
                        serdes.values(Topics.BATTLE_TURNS).deserializer(),
                        serdes.values(Topics.BATTLE_VERDICTS).deserializer(),
                        judging.retention(),
                        meters);
        KafkaStreams streams =
                new KafkaStreams(topology, streamsProperties(platform, judging, clients));
        new KafkaStreamsMetrics(streams).bindTo(registry);
        return new JudgingStreams(new AggregateStreams(streams, engine));
    }

    /**
     * @throws IllegalStateException if a default model has no provider: every battle would fail
     */
    private static JudgeModels judgeModels(JudgingProperties judging, ChatModels chat) {
        ModelRules rules = judging.modelRules();
        if (!chat.knows(rules.standard())) {
            throw new IllegalStateException(
                    "battlestream.judge.default-model: no provider has the model "
                            + rules.standard());
        }
        rules.strong()
                .filter(model -> !chat.knows(model))
                .ifPresent(model -> {
                    throw new IllegalStateException(
                            "battlestream.judge.strong-model: no provider has the model " + model);
                });
        return new JudgeModels(chat, rules, judging.maxAnswerTokens(), judging.temperature());
    }

    private static Properties streamsProperties(
            PlatformProperties platform, JudgingProperties judging, Map<String, Object> clients) {
        Properties properties =
                EffectStreams.properties(
                        APPLICATION_ID,
                        platform.instance(),
                        clients,
                        platform.stateDir(),
                        judging.threads(),
                        platform.replication());
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetters.class);
        return properties;
    }
}
