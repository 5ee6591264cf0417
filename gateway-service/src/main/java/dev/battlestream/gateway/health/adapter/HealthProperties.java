package dev.battlestream.gateway.health.adapter;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the health resource asks.
 *
 * @param timeout longest wait for all answers together
 * @param services readiness addresses of the services by name
 * @param workers consumer group of each role
 * @param registry an address of the registry that answers when it is well
 */
@ConfigurationProperties("battlestream.health")
record HealthProperties(
        Duration timeout, Map<String, URI> services, Map<String, String> workers, URI registry) {

    HealthProperties {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("battlestream.health.timeout must be positive");
        }
    }
}
