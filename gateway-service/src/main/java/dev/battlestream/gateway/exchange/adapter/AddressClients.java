package dev.battlestream.gateway.exchange.adapter;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Takes the remote address for the client. Where that is a configured proxy, the client is the
 * right-most address of {@code X-Forwarded-For} that is none: whatever stands further left was
 * written by the client itself and may be anything.
 */
final class AddressClients implements Clients {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    /** More proxies in a row than anybody has; a longer list is not read to its end. */
    private static final int MOST_HOPS = 20;

    private final List<AddressRange> proxies;

    AddressClients(List<AddressRange> proxies) {
        this.proxies = List.copyOf(proxies);
    }

    @Override
    public String of(HttpServletRequest request) {
        return "address:" + address(request);
    }

    private String address(HttpServletRequest request) {
        Optional<InetAddress> peer = AddressRange.literal(request.getRemoteAddr());
        if (peer.isEmpty()) {
            return request.getRemoteAddr();
        }
        InetAddress nearest = peer.get();
        for (String hop : hops(request)) {
            if (!trusted(nearest)) {
                break;
            }
            Optional<InetAddress> next = AddressRange.literal(hop);
            if (next.isEmpty()) {
                // What a trusted proxy passed on is no address: the proxy itself is the client.
                break;
            }
            nearest = next.get();
        }
        return nearest.getHostAddress();
    }

    private boolean trusted(InetAddress address) {
        return proxies.stream().anyMatch(range -> range.holds(address));
    }

    /** The addresses that proxies have noted, the nearest first. */
    private List<String> hops(HttpServletRequest request) {
        if (proxies.isEmpty()) {
            return List.of();
        }
        List<String> hops = new ArrayList<>();
        for (String line : Collections.list(request.getHeaders(FORWARDED_FOR))) {
            hops.addAll(List.of(line.split(",", -1)));
        }
        List<String> nearest = hops.subList(Math.max(0, hops.size() - MOST_HOPS), hops.size());
        return nearest.reversed();
    }
}
