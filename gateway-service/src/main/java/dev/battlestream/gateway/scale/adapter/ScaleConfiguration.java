package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.gateway.battle.adapter.AdmissionDesk;
import dev.battlestream.gateway.battle.adapter.EventPublisher;
import dev.battlestream.gateway.battle.adapter.JobSettings;
import dev.battlestream.gateway.battle.adapter.JobStarts;
import dev.battlestream.gateway.report.RunReports;
import dev.battlestream.gateway.report.adapter.BattleEvents;
import dev.battlestream.gateway.scale.RunCaps;
import dev.battlestream.gateway.stream.adapter.EventStreams;
import dev.battlestream.gateway.stream.adapter.StreamProperties;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScaleProperties.class)
class ScaleConfiguration {

    @Bean
    RunCaps runCaps(ScaleProperties properties) {
        return properties.caps();
    }

    @Bean
    @Primary
    RunReports acceptedRuns(@Qualifier("runs") RunReports runs, AdmissionDesk desk) {
        return new AcceptedRuns(runs, desk, Clock.systemUTC());
    }

    @Bean
    RunStarts runStarts(
            AdmissionDesk desk, JobStarts jobs, JobSettings settings, RunReports acceptedRuns) {
        return new RunStarts(
                desk,
                jobs,
                Optional.ofNullable(settings.defaultBudget()),
                acceptedRuns,
                Clock.systemUTC());
    }

    @Bean
    RunViewers runViewers(
            BattleEvents events,
            RunReports acceptedRuns,
            JsonMapper json,
            StreamProperties properties,
            ScaleProperties scale,
            EventStreams streams) {
        return new RunViewers(
                events,
                acceptedRuns,
                json,
                properties,
                streams,
                scale.streams().places(properties.maxViewersPerClient()));
    }

    @Bean
    RunCancellations runCancellations(EventPublisher publisher, RunReports acceptedRuns) {
        return new RunCancellations(publisher, acceptedRuns, Clock.systemUTC());
    }
}
