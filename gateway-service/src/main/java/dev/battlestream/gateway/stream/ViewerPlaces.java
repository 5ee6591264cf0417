package dev.battlestream.gateway.stream;

import java.util.HashMap;
import java.util.Map;

/** Counts viewers, so that neither one client nor all of them together take too many places. */
public final class ViewerPlaces {

    private final int mostPerClient;
    private final int mostInAll;
    private final Map<String, Integer> byClient = new HashMap<>();
    private int inAll;

    /**
     * Sets the limits.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public ViewerPlaces(int mostPerClient, int mostInAll) {
        if (mostPerClient < 1 || mostInAll < 1) {
            throw new IllegalArgumentException("limits of viewers must be positive");
        }
        this.mostPerClient = mostPerClient;
        this.mostInAll = mostInAll;
    }

    /** Whether the client may watch now; if so it holds a place until it leaves. */
    public synchronized boolean enter(String client) {
        if (inAll >= mostInAll || byClient.getOrDefault(client, 0) >= mostPerClient) {
            return false;
        }
        byClient.merge(client, 1, Integer::sum);
        inAll++;
        return true;
    }

    /**
     * Gives the place back.
     *
     * @throws IllegalStateException if the client holds none
     */
    public synchronized void leave(String client) {
        Integer held = byClient.get(client);
        if (held == null) {
            throw new IllegalStateException("a client left that never entered");
        }
        if (held == 1) {
            byClient.remove(client);
        } else {
            byClient.put(client, held - 1);
        }
        inAll--;
    }

    /** How many places are taken. */
    public synchronized int taken() {
        return inAll;
    }
}
