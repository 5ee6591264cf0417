package dev.battlestream.gateway.access.adapter;

import dev.battlestream.gateway.access.ApiKeys;
import dev.battlestream.gateway.exchange.adapter.Clients;
import dev.battlestream.gateway.exchange.adapter.ProblemWriter;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class AccessConfiguration {

    @Bean
    ApiKeys apiKeys(AccessProperties properties) {
        return properties.apiKeys();
    }

    /** Limits count for a key's owner, wherever it is used from. */
    @Bean
    @Primary
    Clients owners(ApiKeys keys, @Qualifier("clients") Clients addresses) {
        return keys.required() ? new OwnerClients(keys, addresses) : addresses;
    }

    @Bean
    SafeHeadersFilter safeHeadersFilter() {
        return new SafeHeadersFilter();
    }

    @Bean
    OriginFilter originFilter(AccessProperties properties, ApiKeys keys, ProblemWriter problems) {
        boolean localOnly = !keys.required() && !properties.allowUnauthenticatedRemote();
        return new OriginFilter(properties.origins(), localOnly, problems);
    }

    @Bean
    AccessFilter accessFilter(ApiKeys keys, ProblemWriter problems) {
        return new AccessFilter(keys, problems);
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> exposure(
            ServerProperties server, AccessProperties properties, ApiKeys keys) {
        boolean allowed = keys.required() || properties.allowUnauthenticatedRemote();
        return factory -> LoopbackRule.check(server.getAddress(), allowed);
    }
}
