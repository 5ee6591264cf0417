package dev.battlestream.gateway.stream.adapter;

import dev.battlestream.gateway.report.Endings;
import dev.battlestream.gateway.report.Reports;
import dev.battlestream.gateway.report.adapter.BattleEvents;
import dev.battlestream.gateway.stream.ViewerPlaces;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamProperties.class)
class StreamConfiguration {

    @Bean
    BattleFeeds battleFeeds(
            BattleEvents events,
            JsonMapper json,
            MeterRegistry meters,
            StreamProperties properties,
            ScheduledExecutorService streamWatch) {
        return new BattleFeeds(events, json, meters, properties, streamWatch);
    }

    @Bean
    Endings endings(BattleFeeds feeds) {
        return new FeedEndings(feeds);
    }

    @Bean
    EventStreams eventStreams(StreamProperties properties, MeterRegistry meters) {
        DataSize heap = DataSize.ofBytes(Runtime.getRuntime().maxMemory());
        return new EventStreams(
                new ViewerPlaces(properties.maxViewersPerClient(), properties.viewersThatFit(heap)),
                meters);
    }

    @Bean
    Viewers viewers(
            BattleFeeds feeds,
            Reports reports,
            BattleEvents events,
            JsonMapper json,
            StreamProperties properties,
            EventStreams streams,
            MeterRegistry meters) {
        return new Viewers(feeds, reports, new CatchUp(events, json), properties, streams, meters);
    }
}
