package dev.battlestream.gateway.exchange.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads from a servlet request what every controller needs to know about it. */
public final class Exchanges {

    private static final String CORRELATION = Exchanges.class.getName() + ".correlation";

    private static final String CLIENT = Exchanges.class.getName() + ".client";

    private Exchanges() {}

    /** The request's correlation; made on first use, the same ever after. */
    public static Correlation correlation(HttpServletRequest request) {
        if (request.getAttribute(CORRELATION) instanceof Correlation known) {
            return known;
        }
        Correlation correlation =
                Correlation.of(
                        request.getHeader(Correlation.REQUEST_ID_HEADER),
                        request.getHeader(Correlation.TRACEPARENT_HEADER),
                        () -> UUID.randomUUID().toString(),
                        Exchanges::newTrace);
        request.setAttribute(CORRELATION, correlation);
        return correlation;
    }

    /** A random UUID is never zero in either half, so that every id made of one is valid. */
    private static String newTrace() {
        UUID trace = UUID.randomUUID();
        return Correlation.traceparent(
                trace.getMostSignificantBits(),
                trace.getLeastSignificantBits(),
                UUID.randomUUID().getMostSignificantBits());
    }

    /** The query parameters of these names that were given, as they were written. */
    public static Map<String, String> parameters(HttpServletRequest request, List<String> names) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String name : names) {
            String[] values = request.getParameterValues(name);
            if (values != null) {
                // Nothing has two values; joined they are refused as one.
                given.put(name, String.join(",", values));
            }
        }
        return given;
    }

    /**
     * Who asks.
     *
     * @throws IllegalStateException if the request did not come through the filters
     */
    public static String client(HttpServletRequest request) {
        if (request.getAttribute(CLIENT) instanceof String client) {
            return client;
        }
        throw new IllegalStateException("nobody noted who asks");
    }

    static void client(HttpServletRequest request, String client) {
        request.setAttribute(CLIENT, client);
    }
}
