package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.adapter.FurtherViews;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts what this service tells of scale runs together. */
@Configuration(proxyBeanMethods = false)
class ScaleConfiguration {

    @Bean
    FurtherViews runViews() {
        return new RunTopology();
    }
}
