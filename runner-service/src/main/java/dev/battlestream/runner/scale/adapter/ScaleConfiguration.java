package dev.battlestream.runner.scale.adapter;

import dev.battlestream.runner.battle.adapter.BattleAdmission;
import dev.battlestream.runner.battle.adapter.DeadLetterValues;
import dev.battlestream.runner.battle.adapter.StreamPart;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.LogRetention;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds scale runs to the runner. */
@Configuration(proxyBeanMethods = false)
class ScaleConfiguration {

    @Bean
    StreamPart scaleRuns(
            EventSerdes serdes,
            ScaleSettings settings,
            LogRetention log,
            BattleAdmission battles,
            DeadLetterValues deadLetterValues,
            MeterRegistry registry) {
        RunMeters meters = new RunMeters(registry);
        return new ScaleTopology(
                serdes,
                () ->
                        new ScaleProcessor(
                                settings.caps(log),
                                log.markers(),
                                battles,
                                meters,
                                deadLetterValues));
    }
}
