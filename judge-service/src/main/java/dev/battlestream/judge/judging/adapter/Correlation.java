package dev.battlestream.judge.judging.adapter;

import dev.battlestream.schemas.CorrelationHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What ties a verdict to what caused it, copied from the record of the turn.
 *
 * @param traceparent W3C trace context; empty if there was none
 * @param requestId of the request that began it all; empty if there was none
 */
record Correlation(String traceparent, String requestId) {

    /** Longer ones are nonsense and are not carried on. */
    private static final int MAX_LENGTH = 200;

    static Correlation of(Headers headers) {
        return new Correlation(
                text(headers, CorrelationHeaders.TRACEPARENT),
                text(headers, CorrelationHeaders.REQUEST_ID));
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        byte[] value = header == null ? null : header.value();
        return value == null || value.length > MAX_LENGTH
                ? ""
                : new String(value, StandardCharsets.UTF_8);
    }

    void addTo(Headers headers) {
        add(headers, CorrelationHeaders.TRACEPARENT, traceparent);
        add(headers, CorrelationHeaders.REQUEST_ID, requestId);
    }

    private static void add(Headers headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }
}
