package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.battle.adapter.PastBattles;
import dev.battlestream.report.battle.adapter.ReportSettings;
import dev.battlestream.report.scale.adapter.PastRuns;
import dev.battlestream.schemas.EventSerdes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the archive together. */
@Configuration(proxyBeanMethods = false)
class ArchiveConfiguration {

    /** How soon topics that are created later are seen. */
    private static final Duration METADATA_AGE = Duration.ofSeconds(10);

    /** A silent instance loses its partitions after this time. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

    /** {@link ArchiveSchema} migrates instead, behind the start. */
    @Bean
    FlywayMigrationStrategy migrationBehindTheStart() {
        return _ -> {};
    }

    @Bean
    ArchiveTables archiveTables(JdbcClient sql) {
        return ArchiveTables.of(sql);
    }

    @Bean
    PastBattles pastBattles(ArchiveTables tables) {
        return new ArchivedBattles(tables);
    }

    @Bean
    PastRuns pastRuns(ArchiveTables tables) {
        return new ArchivedRuns(tables);
    }

    @Bean
    ArchiveConsumer archiveConsumer(
            ArchiveSettings settings,
            ReportSettings report,
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            EventSerdes serdes,
            Flyway flyway,
            PlatformTransactionManager transactions,
            ArchiveTables tables,
            InstantSource clock,
            MeterRegistry registry) {
        settings.refuseLessThan(report.log());
        Map<String, Object> config = consumer(settings, kafka, connection);
        ArchiveMeters meters = new ArchiveMeters(registry);
        CountDownLatch end = new CountDownLatch(1);
        return new ArchiveConsumer(
                () ->
                        new KafkaConsumer<>(
                                config, new StringDeserializer(), new ByteArrayDeserializer()),
                new ArchiveSchema(flyway, end),
                new ArchiveIntake(serdes, meters),
                new ArchiveDesk(
                        new TransactionTemplate(transactions),
                        tables,
                        meters,
                        clock,
                        settings.retention()),
                meters,
                settings,
                end);
    }

    private static Map<String, Object> consumer(
            ArchiveSettings settings, KafkaProperties kafka, KafkaConnectionDetails connection) {
        Map<String, Object> config = kafka.buildConsumerProperties();
        config.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.getConsumer().getBootstrapServers());
        config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.clientId());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // Requests, outcomes and members are written in transactions.
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.batch());
        config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, millis(METADATA_AGE));
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(SESSION_TIMEOUT));
        config.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis(SESSION_TIMEOUT.dividedBy(4)));
        return config;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
