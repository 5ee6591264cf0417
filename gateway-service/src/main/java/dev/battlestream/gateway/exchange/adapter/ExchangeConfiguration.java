package dev.battlestream.gateway.exchange.adapter;

import io.micrometer.core.instrument.MeterRegistry;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExchangeProperties.class)
class ExchangeConfiguration {

    /** Kernel buffer of a connection: what a slow reader can keep waiting before it is dropped. */
    private static final int SEND_BUFFER_BYTES = 256 * 1024;

    /** Connections that may wait to be accepted: all viewers come at once after a restart. */
    private static final int ACCEPT_QUEUE = 4096;

    @Bean
    RequestIdFilter requestIdFilter() {
        return new RequestIdFilter();
    }

    @Bean
    Clients clients(ExchangeProperties properties) {
        return new AddressClients(
                properties.trustedProxies().stream().map(AddressRange::parse).toList());
    }

    @Bean
    ClientFilter clientFilter(Clients clients) {
        return new ClientFilter(clients);
    }

    @Bean
    WebMvcConfigurer battleInLogs() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new BattleInLogs()).addPathPatterns("/api/**");
            }
        };
    }

    @Bean
    UnreadBodyFilter unreadBodyFilter() {
        return new UnreadBodyFilter();
    }

    @Bean
    TraceMethodFilter traceMethodFilter(ProblemWriter problems) {
        return new TraceMethodFilter(problems);
    }

    @Bean
    AccessLogFilter accessLogFilter() {
        return new AccessLogFilter();
    }

    @Bean
    ProblemWriter problemWriter(JsonMapper json, MeterRegistry meters) {
        return new ProblemWriter(json, meters);
    }

    @Bean
    JsonBody jsonBody(ExchangeProperties properties) {
        return new JsonBody((int) properties.maxBody().toBytes());
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> hardenedJetty(ProblemWriter problems) {
        return factory ->
                factory.addServerCustomizers(server -> {
                    server.setErrorHandler(new RefusalHandler(problems));
                    for (Connector connector : server.getConnectors()) {
                        tune((ServerConnector) connector);
                    }
                });
    }

    private static void tune(ServerConnector connector) {
        connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        // Everything is written in whole pieces; a buffer to collect them in would be held for as
        // long as a stream is open.
        connector
                .getConnectionFactory(HttpConnectionFactory.class)
                .getHttpConfiguration()
                .setOutputAggregationSize(0);
    }
}
