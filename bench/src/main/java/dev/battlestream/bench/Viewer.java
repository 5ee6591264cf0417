package dev.battlestream.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A client of a battle's stream that notes when each message and verdict arrives. It speaks
 * HTTP/1.0 over a plain socket, so that what it costs is next to nothing. When its connection ends
 * before the battle it comes again with {@code Last-Event-ID}.
 */
final class Viewer implements Runnable {

    private final URI stream;
    private final String battleId;
    private final int leavesAfter;
    private final long giveUpAt;

    /** When each event came first, by its cursor; 0 for never. */
    private final long[] arrivals;

    private volatile boolean connected;
    private volatile boolean ended;
    private String fault = "";
    private long last;
    private int attempts;
    private int refused;
    private long deltas;

    /**
     * @param stream of the battle
     * @param leavesAfter leaves after so many events on average and comes again; 0 for never
     */
    Viewer(URI stream, String battleId, int turns, int leavesAfter, Duration limit) {
        this.stream = stream;
        this.battleId = battleId;
        this.leavesAfter = leavesAfter;
        this.giveUpAt = System.nanoTime() + limit.toNanos();
        this.arrivals = new long[2 * turns + 2];
    }

    @Override
    public void run() {
        try {
            while (!ended && fault.isEmpty()) {
                if (System.nanoTime() > giveUpAt) {
                    fault = "no end in time";
                    return;
                }
                try {
                    watch();
                } catch (IOException _) {
                    // Refused or broken: what has come counts, the next connection goes on.
                }
                if (!ended) {
                    Thread.sleep(ThreadLocalRandom.current().nextInt(100, 1_000));
                }
            }
        } catch (InterruptedException _) {
            fault = "interrupted";
        }
    }

    private void watch() throws IOException {
        attempts++;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(stream.getHost(), stream.getPort()), 2_000);
            socket.setSoTimeout(30_000);
            String request =
                    "GET %s HTTP/1.0\r\nAccept: text/event-stream\r\n%s\r\n"
                            .formatted(
                                    stream.getPath(),
                                    last == 0 ? "" : "Last-Event-ID: " + last + "\r\n");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8),
                            2_048);
            String status = lines.readLine();
            if (status == null || !status.contains(" 200")) {
                refused++;
                return;
            }
            connected = true;
            read(lines);
        }
    }

    private void read(BufferedReader lines) throws IOException {
        int patience =
                leavesAfter == 0
                        ? Integer.MAX_VALUE
                        : 1 + ThreadLocalRandom.current().nextInt(2 * leavesAfter);
        String name = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event: ")) {
                name = line.substring(7);
                switch (name) {
                    case "delta" -> deltas++;
                    case "resync" -> fault = "resync";
                    default -> {
                        // An event with a cursor, or a status.
                    }
                }
            } else if (line.startsWith("id: ")) {
                arrived(Integer.parseInt(line.substring(4)));
            } else if (line.isEmpty()) {
                ended = ended || name.equals("ended");
                if (ended || !fault.isEmpty() || (!name.equals("delta") && --patience == 0)) {
                    return;
                }
                name = "";
            }
        }
    }

    private void arrived(int cursor) {
        long now = System.nanoTime();
        // Every message of these battles is the agent's, and judged.
        if (cursor != (last == 0 ? 2 : last + 1) || cursor >= arrivals.length) {
            fault = "cursor %d came behind %d".formatted(cursor, last);
            return;
        }
        arrivals[cursor] = now;
        last = cursor;
    }

    /** Whether it came in at least once. */
    boolean connected() {
        return connected;
    }

    /** What went wrong; empty if it has every message and verdict once and in order. */
    String fault() {
        if (!fault.isEmpty()) {
            return fault;
        }
        return ended && last == arrivals.length - 1 ? "" : "ended behind cursor " + last;
    }

    String battleId() {
        return battleId;
    }

    /** When a message came; 0 for never. */
    long arrival(int seq) {
        return arrivals[2 * seq];
    }

    int attempts() {
        return attempts;
    }

    int refused() {
        return refused;
    }

    long deltas() {
        return deltas;
    }
}
