package dev.battlestream.gateway.exchange.adapter;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
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
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> hardenedTomcat() {
        return factory -> {
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(ProblemValve.class.getName());
                }
            });
            factory.addConnectorCustomizers(connector ->
                    connector.setProperty("socket.txBufSize", Integer.toString(SEND_BUFFER_BYTES)));
        };
    }
}
