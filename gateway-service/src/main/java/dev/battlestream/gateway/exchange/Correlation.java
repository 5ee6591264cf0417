package dev.battlestream.gateway.exchange;

import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What ties together everything that one request causes, from the HTTP exchange to the last event.
 *
 * @param requestId the caller's own id if it is a sane token, else a made one
 * @param traceparent W3C trace context: the caller's if it sent a valid one, else a new one; null
 *     outside of requests
 */
public record Correlation(String requestId, @Nullable String traceparent) {

    /** The name of the request id as an HTTP header; record headers use it in lower case. */
    public static final String REQUEST_ID_HEADER = "X-Request-Id";

    public static final String TRACEPARENT_HEADER = "traceparent";

    // No spaces, quotes or line breaks: the id goes into logs and headers as it is.
    private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    // The four fields of version 00; ids of zeros only are invalid by the standard.
    private static final Pattern TRACEPARENT =
            Pattern.compile(
                    "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /**
     * Reads what the caller sent.
     *
     * @param madeId makes an id when the caller's is missing or no sane token
     * @param madeTrace makes a trace context when the caller's is missing or invalid
     */
    public static Correlation of(
            @Nullable String requestId,
            @Nullable String traceparent,
            Supplier<String> madeId,
            Supplier<String> madeTrace) {
        return new Correlation(
                requestId != null && SANE_ID.matcher(requestId).matches()
                        ? requestId
                        : madeId.get(),
                traceparent != null && TRACEPARENT.matcher(traceparent).matches()
                        ? traceparent
                        : madeTrace.get());
    }

    /**
     * A trace context of version 00. It is not marked as sampled: the gateway passes the trace on
     * and writes it into logs, but records no spans of its own.
     *
     * @param high upper half of the trace id
     * @param low lower half of the trace id
     * @param span the span's id; not 0
     */
    public static String traceparent(long high, long low, long span) {
        HexFormat hex = HexFormat.of();
        return "00-%s%s-%s-00"
                .formatted(hex.toHexDigits(high), hex.toHexDigits(low), hex.toHexDigits(span));
    }

    /** The trace id, 32 hexadecimal digits; empty when there is no trace context. */
    public String traceId() {
        return traceparent == null ? "" : traceparent.split("-", -1)[1];
    }
}
