package dev.battlestream.report.battle.adapter;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.HostInfo;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the internal API together. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    /** What a hop takes beyond the time that the owner may wait for a battle to appear. */
    private static final Duration HOP_LIMIT = Duration.ofSeconds(5);

    private static final int OUTPUT_BUFFER_BYTES = 4 * 1024;

    @Bean
    Owners owners(KafkaStreams streams, ReportSettings settings) {
        return new Owners(streams, HostInfo.buildFromEndpoint(settings.advertised()));
    }

    @Bean
    Views battleViews(Owners owners) {
        return new Views(owners);
    }

    @Bean
    Battles battles(Views views, PastBattles past) {
        return new Battles(views, past);
    }

    @Bean(destroyMethod = "") // FollowersEnd closes it, before the web server waits
    Hops hops(ReportSettings settings) {
        ReportSettings.Followers followers = settings.followers();
        return new Hops(
                followers.most(),
                followers.appearWithin().plus(HOP_LIMIT),
                followers.heartbeat().multipliedBy(2).plus(HOP_LIMIT));
    }

    @Bean
    FollowersEnd followersEnd(Subscriptions subscriptions, Hops hops) {
        return new FollowersEnd(subscriptions, hops);
    }

    /** A stream holds its buffer for as long as it is open, so it is small. */
    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> smallBuffers() {
        return factory ->
                factory.addServerCustomizers(server -> {
                    for (Connector connector : server.getConnectors()) {
                        connector
                                .getConnectionFactory(HttpConnectionFactory.class)
                                .getHttpConfiguration()
                                .setOutputBufferSize(OUTPUT_BUFFER_BYTES);
                    }
                });
    }

    @Bean
    RequestIds requestIds() {
        return new RequestIds();
    }

    @Bean
    LostFollowers lostFollowers(MeterRegistry meters) {
        return new LostFollowers(meters);
    }

    @Bean
    BattleFollowing battleFollowing(Views views, ReportSettings settings) {
        ReportSettings.Followers followers = settings.followers();
        return new BattleFollowing(views::of, followers.heartbeat(), followers.appearWithin());
    }

    @Bean
    WebMvcConfigurer battleRouting(Owners owners, Hops hops) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new OwnerRouting(owners, BattleTopology.STATUSES, hops))
                        .addPathPatterns("/internal/battles/**")
                        // The list is the archive's, which every instance can read.
                        .excludePathPatterns("/internal/battles");
            }
        };
    }
}
