package dev.battlestream.gateway.exchange.adapter;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Writes one line for each request when it is answered; for a stream, when it ends. It names the
 * route, not the path, and no parameter, header or body: none of them can carry a secret into a
 * log.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class AccessLogFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger("dev.battlestream.gateway.access");

    private static final String FORMAT = "{} {} {} {} ms";

    /** What orchestrators ask every few seconds is of no interest to anybody. */
    private static final String PROBES = "/actuator";

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long begin = System.nanoTime();
        int status = 500;
        try {
            chain.doFilter(request, response);
            status = response.getStatus();
        } finally {
            Line line =
                    new Line(
                            method(request),
                            route(request),
                            status,
                            begin,
                            MDC.getCopyOfContextMap());
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(line);
            } else if (request.getServletPath().startsWith(PROBES)) {
                LOG.debug(FORMAT, line.method, line.route, line.status, line.ms());
            } else {
                line.write();
            }
        }
    }

    /** What is to be said of a request once it is answered. */
    private record Line(
            String method, String route, int status, long begin, Map<String, String> ids)
            implements AsyncListener {

        long ms() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        }

        void write() {
            LOG.info(FORMAT, method, route, status, ms());
        }

        @Override
        public void onComplete(AsyncEvent event) {
            MDC.setContextMap(ids);
            try {
                write();
            } finally {
                MDC.clear();
            }
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    private static String route(HttpServletRequest request) {
        @Nullable Object pattern =
                request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null ? "-" : pattern.toString();
    }

    /** Methods are tokens of the caller's choice: only those that HTTP knows are named. */
    private static String method(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE" ->
                    request.getMethod();
            default -> "OTHER";
        };
    }
}
