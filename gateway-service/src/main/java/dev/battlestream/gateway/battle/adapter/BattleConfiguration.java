package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.Caps;
import dev.battlestream.gateway.battle.RecentStarts;
import dev.battlestream.gateway.report.Reports;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.TopicCreation;
import dev.battlestream.schemas.Topics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BattleProperties.class)
class BattleConfiguration {

    @Bean
    Caps caps(BattleProperties properties) {
        return properties.caps();
    }

    @Bean
    EventPublisher eventPublisher(
            KafkaProperties kafka, KafkaConnectionDetails connection, BattleProperties properties) {
        Map<String, Object> settings = kafka.buildProducerProperties();
        settings.put(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.getProducer().getBootstrapServers());
        // Idempotent and acknowledged by all: a 202 must not be forgotten by a dying broker.
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // The producer gives up by itself before the caller is told that it has.
        int limit = (int) properties.publishTimeout().toMillis();
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, limit);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, limit);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, limit / 2));
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return new EventPublisher(
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()),
                new EventSerdes(properties.registry().serdes()),
                List.of(Topics.BATTLE_REQUESTS, Topics.BATTLE_CANCELLATIONS),
                properties.publishTimeout());
    }

    @Bean
    RecentStarts recentStarts(BattleProperties properties) {
        return new RecentStarts(properties.recentStarts(), properties.recentStartsAge());
    }

    @Bean
    @Primary
    Reports acceptedReports(@Qualifier("reports") Reports reports, RecentStarts recentStarts) {
        return new AcceptedReports(reports, recentStarts, Clock.systemUTC());
    }

    @Bean
    BattleStarts battleStarts(
            EventPublisher publisher, Reports acceptedReports, RecentStarts recentStarts) {
        return new BattleStarts(publisher, acceptedReports, recentStarts, Clock.systemUTC());
    }

    @Bean
    BattleCancellations battleCancellations(EventPublisher publisher, Reports acceptedReports) {
        return new BattleCancellations(publisher, acceptedReports, Clock.systemUTC());
    }

    @Bean
    PublisherWarmUp publisher(
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            BattleProperties properties,
            EventPublisher eventPublisher) {
        Map<String, Object> clients = kafka.buildAdminProperties();
        clients.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                connection.getAdmin().getBootstrapServers());
        BattleProperties.NewTopics topics = properties.topics();
        return new PublisherWarmUp(
                () -> TopicCreation.ensure(clients, topics.partitions(), topics.replication()),
                eventPublisher);
    }
}
