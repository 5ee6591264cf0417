package dev.battlestream.gateway.exchange.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every response and every log line of a request its id and its trace; goes before all other
 * filters.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestIdFilter extends OncePerRequestFilter {

    private static final String REQUEST = "requestId";
    private static final String TRACE = "traceId";

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Correlation correlation = Exchanges.correlation(request);
        response.setHeader(Correlation.REQUEST_ID_HEADER, correlation.requestId());
        MDC.put(REQUEST, correlation.requestId());
        if (correlation.traceparent() != null) {
            response.setHeader(Correlation.TRACEPARENT_HEADER, correlation.traceparent());
            MDC.put(TRACE, correlation.traceId());
        }
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(REQUEST);
            MDC.remove(TRACE);
            MDC.remove(BattleInLogs.BATTLE);
            MDC.remove(BattleInLogs.RUN);
        }
    }
}
