package dev.battlestream.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports of the loopback interface that nothing listens on. They lie below those that systems give
 * to outgoing connections, which would otherwise take them before their user does.
 */
public final class FreePorts {

    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIALS = 1_000;

    private FreePorts() {}

    /** A port that was free a moment ago; another process may take it before its user does. */
    public static int next() {
        return block(1);
    }

    /**
     * The first of some free ports in a row.
     *
     * @param count how many, 1 to 100
     * @throws IllegalStateException if there are hardly any
     */
    public static int block(int count) {
        for (int trial = 0; trial < TRIALS; trial++) {
            int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST - count);
            if (IntStream.range(first, first + count).allMatch(FreePorts::isFree)) {
                return first;
            }
        }
        throw new IllegalStateException("no %d free ports in a row".formatted(count));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }
}
