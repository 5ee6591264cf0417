package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.report.Reports;
import dev.battlestream.gateway.report.RunReports;
import dev.battlestream.schemas.EventSerdes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;

/** Admission: the table of jobs, what fills and what empties it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobSettings.class)
class JobConfiguration {

    /** A database that is away must not keep the gateway from reading and streaming battles. */
    @Bean
    FlywayMigrationStrategy migrationBehindTheStart() {
        return _ -> {};
    }

    @Bean("jobs")
    JobSchema jobSchema(Flyway flyway, JdbcClient sql) {
        return new JobSchema(flyway, sql);
    }

    @Bean
    Jobs jobTable(JdbcClient sql, JobSettings settings) {
        return new Jobs(sql, settings);
    }

    @Bean
    JobCare jobCare(JdbcClient sql, PlatformTransactionManager manager, JobSettings settings) {
        return new JobCare(sql, new TransactionTemplate(manager), settings);
    }

    @Bean
    Outbox outbox(Jobs jobs, EventPublisher publisher, MeterRegistry meters) {
        return new Outbox(jobs, publisher, meters, Clock.systemUTC());
    }

    @Bean
    JobHealing jobHealing(
            JobCare care,
            Jobs jobs,
            @Qualifier("reports") Reports reports,
            @Qualifier("runs") RunReports runs,
            MeterRegistry meters) {
        return new JobHealing(care, jobs, reports, runs, meters);
    }

    @Bean
    JobUpkeep jobUpkeep(
            JobSchema schema,
            Outbox outbox,
            JobHealing healing,
            JobCare care,
            JobSettings settings,
            MeterRegistry meters) {
        return new JobUpkeep(schema, outbox, healing, care, settings, meters);
    }

    @Bean
    KafkaMessageListenerContainer<byte[], byte[]> outcomeListener(
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            BattleProperties battles,
            JobSettings settings,
            Jobs jobs,
            EventPublisher publisher,
            MeterRegistry meters) {
        Map<String, Object> consumer = kafka.buildConsumerProperties();
        consumer.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.getConsumer().getBootstrapServers());
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        consumer.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        ContainerProperties container = new ContainerProperties(OutcomeReader.topics());
        container.setGroupId(settings.outcomeGroup());
        container.setMessageListener(
                new OutcomeReader(
                        jobs, new EventSerdes(battles.registry().serdes()), publisher, meters));
        KafkaMessageListenerContainer<byte[], byte[]> listener =
                new KafkaMessageListenerContainer<>(
                        new DefaultKafkaConsumerFactory<>(
                                consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                        container);
        listener.setCommonErrorHandler(untilItWorks());
        return listener;
    }

    /** Everything that is thrown is an outage: no outcome is ever passed over. */
    private static DefaultErrorHandler untilItWorks() {
        ExponentialBackOff pauses = new ExponentialBackOff(200, 2);
        pauses.setMaxInterval(5_000);
        DefaultErrorHandler handler = new DefaultErrorHandler(pauses);
        handler.setClassifications(Map.of(), true);
        return handler;
    }
}
