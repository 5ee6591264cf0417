package dev.battlestream.gateway.exchange.adapter;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the HTTP side.
 *
 * @param maxBody largest request body, 1 KB to 900 KB: a request must fit into one record of the
 *     event log, which is no larger than its body
 * @param trustedProxies addresses and ranges (CIDR) of proxies whose X-Forwarded-For is believed
 */
@ConfigurationProperties("battlestream.gateway")
record ExchangeProperties(DataSize maxBody, List<String> trustedProxies) {

    private static final DataSize SMALLEST_BODY = DataSize.ofKilobytes(1);
    private static final DataSize LARGEST_BODY = DataSize.ofBytes(900_000);

    ExchangeProperties {
        if (maxBody.compareTo(SMALLEST_BODY) < 0 || maxBody.compareTo(LARGEST_BODY) > 0) {
            throw new IllegalArgumentException(
                    "battlestream.gateway.max-body must be 1 KB to 900,000 bytes, not " + maxBody);
        }
        trustedProxies = List.copyOf(trustedProxies);
    }
}
