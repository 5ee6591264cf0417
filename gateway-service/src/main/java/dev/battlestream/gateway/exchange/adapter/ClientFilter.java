package dev.battlestream.gateway.exchange.adapter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/** Notes who asks, once, for everything that counts or names clients. */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class ClientFilter extends OncePerRequestFilter {

    private final Clients clients;

    ClientFilter(Clients clients) {
        this.clients = clients;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Exchanges.client(request, clients.of(request));
        chain.doFilter(request, response);
    }
}
