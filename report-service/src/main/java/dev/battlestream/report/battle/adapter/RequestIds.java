package dev.battlestream.report.battle.adapter;

import dev.battlestream.effects.LogContext;
import dev.battlestream.schemas.CorrelationHeaders;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Gives every request an id, its own if that is a sane token, and every answer the same. What is
 * logged meanwhile names it, the trace, and the battle or run that is asked about.
 */
final class RequestIds extends OncePerRequestFilter {

    static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestIds.class.getName();

    /** Where each request is logged; read by whoever looks for one, and silent otherwise. */
    private static final Logger log = LoggerFactory.getLogger("dev.battlestream.report.access");

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern BATTLE =
            Pattern.compile("/internal/battles/([0-9a-fA-F-]{36})(?:/.*)?");
    private static final Pattern RUN = Pattern.compile("/internal/runs/([0-9a-fA-F-]{36})(?:/.*)?");

    /** What lines call the run, as those of the gateway do. */
    private static final String RUN_FIELD = "runId";

    /** The id of a request that has passed this filter. */
    static String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? id : "unknown";
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String asked = request.getHeader(HEADER);
        String id =
                asked != null && SANE.matcher(asked).matches()
                        ? asked
                        : UUID.randomUUID().toString();
        request.setAttribute(ATTRIBUTE, id);
        response.setHeader(HEADER, id);
        LogContext.enter(
                part(BATTLE, request.getRequestURI()),
                part(TRACEPARENT, request.getHeader(CorrelationHeaders.TRACEPARENT)),
                id);
        String run = part(RUN, request.getRequestURI());
        if (!run.isEmpty()) {
            MDC.put(RUN_FIELD, run);
        }
        try {
            chain.doFilter(request, response);
            log.debug("{} {} {}", request.getMethod(), route(request), response.getStatus());
        } finally {
            MDC.remove(RUN_FIELD);
            LogContext.leave();
        }
    }

    /** What the pattern's group finds in a text; empty if it is of another shape. */
    private static String part(Pattern pattern, @Nullable String text) {
        Matcher matcher = pattern.matcher(text == null ? "" : text);
        return matcher.matches() ? matcher.group(1) : "";
    }

    /** The route and not the path, which anybody may have chosen. */
    private static String route(HttpServletRequest request) {
        Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return route == null ? "-" : route.toString();
    }
}
