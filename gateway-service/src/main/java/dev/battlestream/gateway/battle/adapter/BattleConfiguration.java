package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.AllowedModels;
import dev.battlestream.gateway.battle.Caps;
import dev.battlestream.gateway.report.Endings;
import dev.battlestream.gateway.report.Reports;
import dev.battlestream.gateway.report.WatchedBattles;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.TopicCreation;
import dev.battlestream.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({BattleProperties.class, LimitSettings.class, WaitSettings.class})
class BattleConfiguration {

    /** A dead letter with what the producer puts around it; topics have their own bounds. */
    private static final int LARGEST_REQUEST = Topic.MAX_DEAD_LETTER_BYTES + 16 * 1024;

    @Bean
    Caps caps(BattleProperties properties) {
        return properties.caps();
    }

    @Bean
    AllowedModels allowedModels(LimitSettings limits) {
        return limits.allowedModels();
    }

    @Bean
    StartRates startRates(LimitSettings limits, MeterRegistry meters) {
        StartRates rates = limits.rates();
        meters.gauge("battlestream.gateway.starts.clients", rates, StartRates::clients);
        return rates;
    }

    @Bean
    EventPublisher eventPublisher(
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            BattleProperties properties,
            MeterRegistry meters) {
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
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return new EventPublisher(
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
                new EventSerdes(properties.registry().serdes()),
                List.of(
                        Topics.BATTLE_REQUESTS,
                        Topics.BATTLE_CANCELLATIONS,
                        Topics.BATTLE_DELETIONS,
                        Topics.SCALE_REQUESTS,
                        Topics.SCALE_CANCELLATIONS),
                properties.publishTimeout(),
                meters);
    }

    @Bean
    AdmissionDesk admissionDesk(Jobs jobs, JobSchema schema) {
        return new AdmissionDesk(jobs, schema);
    }

    @Bean
    JobStarts jobStarts(AdmissionDesk desk, Outbox outbox, MeterRegistry meters) {
        return new JobStarts(desk, outbox, meters);
    }

    @Bean
    @Primary
    Reports acceptedReports(@Qualifier("reports") Reports reports, AdmissionDesk desk) {
        return new AcceptedReports(reports, desk, Clock.systemUTC());
    }

    @Bean
    BattleStarts battleStarts(
            AdmissionDesk desk,
            JobStarts jobStarts,
            JobSettings settings,
            Reports acceptedReports) {
        return new BattleStarts(
                desk,
                jobStarts,
                Optional.ofNullable(settings.defaultBudget()),
                acceptedReports,
                Clock.systemUTC());
    }

    @Bean
    BattleWaits battleWaits(
            Endings endings,
            Reports acceptedReports,
            BattleCancellations cancellations,
            WaitSettings settings,
            MeterRegistry meters) {
        return new BattleWaits(endings, acceptedReports, cancellations, settings, meters);
    }

    @Bean
    BattleCancellations battleCancellations(EventPublisher publisher, Reports acceptedReports) {
        return new BattleCancellations(publisher, acceptedReports, Clock.systemUTC());
    }

    @Bean
    BattleDeletions battleDeletions(
            EventPublisher publisher, Reports acceptedReports, WatchedBattles watched) {
        return new BattleDeletions(publisher, acceptedReports, watched, Clock.systemUTC());
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
                () ->
                        TopicCreation.ensure(
                                clients, topics.partitions(), topics.replication(), topics.log()),
                eventPublisher);
    }
}
