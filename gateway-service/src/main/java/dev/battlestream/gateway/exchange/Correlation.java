package dev.battlestream.gateway.exchange;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What ties together everything that one request causes, from the HTTP exchange to the last event.
 *
 * @param requestId the caller's own id if it is a sane token, else a made one
 * @param traceparent the caller's W3C trace context, if it sent a valid one
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
     * @param made makes an id when the caller's is missing or no sane token
     */
    public static Correlation of(
            @Nullable String requestId, @Nullable String traceparent, Supplier<String> made) {
        return new Correlation(
                requestId != null && SANE_ID.matcher(requestId).matches() ? requestId : made.get(),
                traceparent != null && TRACEPARENT.matcher(traceparent).matches()
                        ? traceparent
                        : null);
    }
}
