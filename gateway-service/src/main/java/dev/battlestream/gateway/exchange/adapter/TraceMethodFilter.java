package dev.battlestream.gateway.exchange.adapter;

import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses TRACE: a servlet answers it with the headers of the request, API keys included. */
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class TraceMethodFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;

    TraceMethodFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getMethod().equals("TRACE")) {
            response.setHeader(HttpHeaders.ALLOW, "GET, HEAD, POST, OPTIONS");
            problems.write(
                    RequestProblem.of(
                            ProblemCode.METHOD_NOT_ALLOWED, "Nothing here is traced this way"),
                    request,
                    response);
            return;
        }
        chain.doFilter(request, response);
    }
}
