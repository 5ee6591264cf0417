package dev.battlestream.gateway.access.adapter;

import dev.battlestream.gateway.access.Access;
import dev.battlestream.gateway.access.ApiKey;
import dev.battlestream.gateway.access.ApiKeys;
import dev.battlestream.gateway.access.Scope;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.exchange.adapter.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets through who shows a key that allows what is asked for; everybody where there are none. */
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
final class AccessFilter extends OncePerRequestFilter {

    private static final String CHALLENGE = "Bearer realm=\"battlestream\"";

    private final ApiKeys keys;
    private final ProblemWriter problems;

    AccessFilter(ApiKeys keys, ProblemWriter problems) {
        this.keys = keys;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Access access = Access.of(request.getMethod(), request.getServletPath());
        if (!keys.required() || !(access instanceof Access.Needs(Scope scope))) {
            chain.doFilter(request, response);
            return;
        }
        switch (Credentials.of(request, keys)) {
            case Credentials.None _ ->
                    challenge(
                            CHALLENGE,
                            "Send an API key as X-API-Key or as Authorization: Bearer",
                            request,
                            response);
            case Credentials.Unknown _ ->
                    challenge(
                            CHALLENGE + ", error=\"invalid_token\"",
                            "This is no API key of this gateway",
                            request,
                            response);
            case Credentials.Known(ApiKey key, boolean inUrl) -> {
                if (!key.allows(scope)) {
                    forbid("This needs a key with the scope " + name(scope), request, response);
                } else if (inUrl && !key.scopes().equals(Set.of(Scope.READ))) {
                    forbid(
                            "A key that stands in a URL may have no scope but read",
                            request,
                            response);
                } else {
                    chain.doFilter(request, response);
                }
            }
        }
    }

    private void challenge(
            String challenge,
            String detail,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
        problems.write(RequestProblem.of(ProblemCode.UNAUTHORIZED, detail), request, response);
    }

    private void forbid(String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        problems.write(RequestProblem.of(ProblemCode.FORBIDDEN, detail), request, response);
    }

    private static String name(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }
}
