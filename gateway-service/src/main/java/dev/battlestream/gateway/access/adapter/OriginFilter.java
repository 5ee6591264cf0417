package dev.battlestream.gateway.access.adapter;

import dev.battlestream.gateway.access.Origins;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.exchange.adapter.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps pages away that are not allowed. It comes before the check of keys, since a browser asks in
 * advance whether it may send one.
 *
 * <p>A gateway that asks for no key and trusts its own machine does not answer to public names
 * either: a foreign page whose name is made to lead to this machine would count as its own.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
final class OriginFilter extends OncePerRequestFilter {

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    private final Origins origins;
    private final boolean localOnly;
    private final ProblemWriter problems;
    private final CorsConfiguration rules;
    private final DefaultCorsProcessor processor =
            new DefaultCorsProcessor() {
                @Override
                protected void rejectRequest(ServerHttpResponse response) {
                    // The filter answers instead, with a problem document.
                }
            };

    /**
     * @param localOnly whether the gateway serves this machine alone
     */
    OriginFilter(Origins origins, boolean localOnly, ProblemWriter problems) {
        this.origins = origins;
        this.localOnly = localOnly;
        this.problems = problems;
        this.rules = new CorsConfiguration();
        rules.setAllowedOrigins(List.copyOf(origins.allowed()));
        rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "DELETE"));
        rules.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        rules.setExposedHeaders(
                List.of(
                        "Location",
                        "X-Request-Id",
                        "Idempotency-Replayed",
                        "RateLimit",
                        "RateLimit-Policy",
                        "Retry-After",
                        "ETag",
                        "traceparent"));
        rules.setMaxAge(Duration.ofMinutes(30));
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (localOnly && isPublicName(request.getServerName())) {
            refuse(
                    ProblemCode.MISDIRECTED_REQUEST,
                    "Without API keys the gateway answers to local names only, such as localhost",
                    request,
                    response);
            return;
        }
        if (!CorsUtils.isCorsRequest(request) || isOfOneOriginForTheBrowser(request)) {
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
            chain.doFilter(request, response);
            return;
        }
        @Nullable String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || !origins.allow(origin)) {
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
            refuse(
                    ProblemCode.ORIGIN_NOT_ALLOWED,
                    "Pages of this origin may not call the gateway",
                    request,
                    response);
            return;
        }
        boolean allowed = processor.processRequest(rules, request, response);
        if (!allowed) {
            refuse(
                    ProblemCode.ORIGIN_NOT_ALLOWED,
                    "Pages may send GET, HEAD and POST only",
                    request,
                    response);
        } else if (!CorsUtils.isPreFlightRequest(request)) {
            chain.doFilter(request, response);
        }
    }

    /**
     * Whether page and gateway have one origin for the browser, which is so behind a proxy that has
     * another name than the gateway. No page can write this header.
     */
    private static boolean isOfOneOriginForTheBrowser(HttpServletRequest request) {
        return "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
    }

    /** Whether anybody could own the name; addresses and names without a dot nobody can. */
    private static boolean isPublicName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.contains(".")
                && !ADDRESS.matcher(name).matches()
                && !name.endsWith(".localhost");
    }

    private void refuse(
            ProblemCode code,
            String detail,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        problems.write(RequestProblem.of(code, detail), request, response);
    }
}
