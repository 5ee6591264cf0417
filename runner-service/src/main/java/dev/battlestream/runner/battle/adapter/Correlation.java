package dev.battlestream.runner.battle.adapter;

import dev.battlestream.schemas.CorrelationHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers that tie a record to the one that caused it; all others are left behind. */
final class Correlation {

    /** Longer values are somebody's mistake and are not carried on. */
    private static final int MAX_BYTES = 200;

    private Correlation() {}

    static Map<String, String> of(Headers headers) {
        Map<String, String> found = new HashMap<>();
        for (String name : CorrelationHeaders.all()) {
            Header header = headers.lastHeader(name);
            if (header != null && header.value() != null && header.value().length <= MAX_BYTES) {
                found.put(name, new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    static Headers headers(Map<String, String> correlation) {
        Headers headers = new RecordHeaders();
        correlation.forEach(
                (name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }
}
