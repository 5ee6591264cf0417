package dev.battlestream.schemas;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What ties a record to the one that caused it; all other headers are left behind.
 *
 * @param traceparent W3C trace context; empty if there is none
 * @param requestId of the request that began it all; empty if there is none
 * @see CorrelationHeaders
 */
public record Correlation(String traceparent, String requestId) {

    /** Of a record that nothing known has caused. */
    public static final Correlation NONE = new Correlation("", "");

    /** Longer values, in bytes of UTF-8, are somebody's mistake and are not carried on. */
    private static final int MAX_BYTES = 200;

    private static final Pattern CONTEXT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    /** That of the record with these headers. */
    public static Correlation of(Headers headers) {
        return new Correlation(
                text(headers, CorrelationHeaders.TRACEPARENT),
                text(headers, CorrelationHeaders.REQUEST_ID));
    }

    /** What {@link #toMap} gave. */
    public static Correlation of(Map<String, String> stored) {
        return new Correlation(
                stored.getOrDefault(CorrelationHeaders.TRACEPARENT, ""),
                stored.getOrDefault(CorrelationHeaders.REQUEST_ID, ""));
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        byte[] value = header == null ? null : header.value();
        return value == null || value.length > MAX_BYTES
                ? ""
                : new String(value, StandardCharsets.UTF_8);
    }

    /**
     * The trace id, 32 hexadecimal digits. Empty when there is no trace context, or something else
     * in its place: what anybody may write must not get into logs as it is.
     */
    public String traceId() {
        Matcher context = CONTEXT.matcher(traceparent);
        return context.matches() ? context.group(1) : "";
    }

    /** What there is of it, by the names of the headers; how it is kept in stores. */
    public Map<String, String> toMap() {
        Map<String, String> known = new LinkedHashMap<>();
        if (!traceparent.isEmpty()) {
            known.put(CorrelationHeaders.TRACEPARENT, traceparent);
        }
        if (!requestId.isEmpty()) {
            known.put(CorrelationHeaders.REQUEST_ID, requestId);
        }
        return known;
    }

    /** Puts it onto a record that the one before has caused. */
    public void addTo(Headers headers) {
        toMap().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
    }

    /** These headers and no others. */
    public Headers headers() {
        Headers headers = new RecordHeaders();
        addTo(headers);
        return headers;
    }
}
