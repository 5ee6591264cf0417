package dev.battlestream.schemas;

import java.util.List;

/**
 * The record headers that tie a record to what caused it. Whoever writes a record because of
 * another one copies both, as UTF-8 text; both may be absent, and values longer than 200 bytes are
 * not carried on.
 */
public final class CorrelationHeaders {

    /** W3C trace context. */
    public static final String TRACEPARENT = "traceparent";

    /** The id of the request that began it all. */
    public static final String REQUEST_ID = "x-request-id";

    private static final List<String> ALL = List.of(TRACEPARENT, REQUEST_ID);

    private CorrelationHeaders() {}

    /** Every correlation header. */
    public static List<String> all() {
        return ALL;
    }
}
