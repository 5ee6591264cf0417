package dev.battlestream.gateway.report.adapter;

import dev.battlestream.gateway.report.Archive;
import dev.battlestream.gateway.report.Reports;
import dev.battlestream.gateway.report.RunReports;
import java.net.http.HttpClient;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReportProperties.class)
class ReportConfiguration {

    @Bean(destroyMethod = "shutdownNow")
    HttpClient reportHttp(ReportProperties properties) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.connectTimeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** Looks after silent streams and lingering feeds; its tasks are short and never block. */
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService streamWatch() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("stream-watch").factory());
    }

    @Bean
    ReportHttp reportRequests(HttpClient reportHttp, JsonMapper json, ReportProperties properties) {
        return new ReportHttp(reportHttp, json, properties);
    }

    @Bean
    Reports reports(ReportHttp reportRequests) {
        return new ReportClient(reportRequests);
    }

    @Bean
    RunReports runs(ReportHttp reportRequests) {
        return new RunClient(reportRequests);
    }

    @Bean
    Archive archive(ReportHttp reportRequests) {
        return new ArchiveClient(reportRequests);
    }

    @Bean
    BattleEvents battleEvents(
            HttpClient reportHttp,
            ReportProperties properties,
            ScheduledExecutorService streamWatch) {
        return new BattleEvents(reportHttp, properties, streamWatch);
    }
}
