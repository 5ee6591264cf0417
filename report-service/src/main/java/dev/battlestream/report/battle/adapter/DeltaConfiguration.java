package dev.battlestream.report.battle.adapter;

import dev.battlestream.effects.EffectStreams;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the reading of deltas together. */
@Configuration(proxyBeanMethods = false)
class DeltaConfiguration {

    /** What one answer of the broker may bring; a delta has some hundred bytes. */
    private static final int FETCH_BYTES = 1024 * 1024;

    @Bean
    DeltaTail deltaTail(
            ReportSettings settings,
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            EventSerdes serdes,
            Subscriptions subscriptions,
            MeterRegistry meters) {
        Map<String, Object> config = consumer(settings, kafka, connection);
        return new DeltaTail(
                () ->
                        new KafkaConsumer<>(
                                config, new StringDeserializer(), new ByteArrayDeserializer()),
                serdes.values(Topics.BATTLE_DELTAS).deserializer(),
                subscriptions,
                new DeltaDrops(meters),
                InstantSource.system());
    }

    private static Map<String, Object> consumer(
            ReportSettings settings, KafkaProperties kafka, KafkaConnectionDetails connection) {
        Map<String, Object> config =
                EffectStreams.clients(
                        kafka.buildConsumerProperties(),
                        connection.getConsumer().getBootstrapServers());
        config.put(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "battlestream-report-" + settings.instance() + "-deltas");
        // No group: what is missed is missed, and nobody else reads for this instance.
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES / 4);
        return config;
    }
}
