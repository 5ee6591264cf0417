package dev.battlestream.gateway.health.adapter;

import java.net.http.HttpClient;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HealthProperties.class)
class HealthConfiguration {

    @Bean
    Probes probes(
            HttpClient reportHttp,
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            JdbcClient sql,
            HealthProperties properties) {
        Map<String, Object> settings = kafka.buildAdminProperties();
        settings.put(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.getAdmin().getBootstrapServers());
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        Probes probes = new Probes(reportHttp, Admin.create(settings), sql, properties);
        // The first round loads classes and opens connections: no caller should wait for that.
        Thread.ofVirtual().name("first-health-round").start(probes::report);
        return probes;
    }
}
