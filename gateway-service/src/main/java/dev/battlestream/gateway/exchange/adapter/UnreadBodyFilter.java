package dev.battlestream.gateway.exchange.adapter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says that the connection ends when a request is answered before its body has been read. The
 * server then closes it, and a caller that was not told would lose its next request there. Whoever
 * reads the body to its end takes the word back.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class UnreadBodyFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > 0
                || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        chain.doFilter(request, response);
    }

    /** The body has been read to its end. */
    static void read(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CONNECTION, null);
    }
}
