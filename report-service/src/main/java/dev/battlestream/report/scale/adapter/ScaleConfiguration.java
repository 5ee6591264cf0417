package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.adapter.FurtherViews;
import dev.battlestream.report.battle.adapter.Hops;
import dev.battlestream.report.battle.adapter.OwnerRouting;
import dev.battlestream.report.battle.adapter.Owners;
import dev.battlestream.report.battle.adapter.ReportSettings;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts what this service tells of scale runs together. */
@Configuration(proxyBeanMethods = false)
class ScaleConfiguration {

    /** What is told is for people, and costs a look at all members. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    @Bean
    FurtherViews runFold() {
        return new RunTopology();
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    RunViews runViews(Owners owners) {
        return new RunViews(owners);
    }

    @Bean
    Runs runs(RunViews views, PastRuns past) {
        return new Runs(views, past);
    }

    @Bean
    RunFollowing runFollowing(RunViews views, InstantSource clock, ReportSettings settings) {
        ReportSettings.Followers followers = settings.followers();
        return new RunFollowing(
                views::of, clock, LOOK_EVERY, followers.heartbeat(), followers.appearWithin());
    }

    @Bean
    WebMvcConfigurer runRouting(Owners owners, Hops hops) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new OwnerRouting(owners, RunTopology.RUNS, hops))
                        .addPathPatterns("/internal/runs/**")
                        // The list is the archive's, which every instance can read.
                        .excludePathPatterns("/internal/runs");
            }
        };
    }
}
