package dev.battlestream.gateway.report.adapter;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the report service is and how long to wait for it.
 *
 * @param url its address, without a path
 * @param connectTimeout longest wait for a connection
 * @param timeout longest wait for a whole answer
 * @param openTimeout longest wait for the begin of a stream; longer than the report service waits
 *     for an unknown battle to appear
 * @param idleTimeout a stream that is silent for longer is dead; several times its heartbeat
 */
@ConfigurationProperties("battlestream.report")
public record ReportProperties(
        URI url,
        Duration connectTimeout,
        Duration timeout,
        Duration openTimeout,
        Duration idleTimeout) {

    public ReportProperties {
        if (url.getHost() == null || !Set.of("http", "https").contains(url.getScheme())) {
            throw new IllegalArgumentException("battlestream.report.url is no HTTP address");
        }
        for (Duration limit : new Duration[] {connectTimeout, timeout, openTimeout, idleTimeout}) {
            if (!limit.isPositive()) {
                throw new IllegalArgumentException(
                        "the time-outs of battlestream.report must be positive");
            }
        }
    }
}
