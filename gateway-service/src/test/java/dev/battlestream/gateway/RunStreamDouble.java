package dev.battlestream.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.node.ObjectNode;

/** One stream of a run from a report service that knows what the test tells it. */
final class RunStreamDouble {

    private final RunDouble run;
    private final Object lock;
    private final BooleanSupplier cut;
    private int place;
    private int left;

    /**
     * @param lock what guards the run, and is notified when something has changed
     * @param after the place to begin behind
     * @param left members after which it breaks off, at any byte of the next one
     * @param cut whether it has to end, as its process does
     */
    RunStreamDouble(RunDouble run, Object lock, long after, int left, BooleanSupplier cut) {
        this.run = run;
        this.lock = lock;
        this.place = (int) Math.min(after, Integer.MAX_VALUE);
        this.left = left;
        this.cut = cut;
    }

    /** Writes until the run ends or the stream breaks off. */
    void write(OutputStream out) throws IOException, InterruptedException {
        write(out, "retry: 2000\n\n");
        String told = "";
        while (true) {
            String status;
            List<ObjectNode> next;
            boolean ended;
            synchronized (lock) {
                status = run.status().toString();
                ended = run.hasEnded();
                List<ObjectNode> all = run.members();
                next = List.copyOf(all.subList(Math.min(place, all.size()), all.size()));
                if (next.isEmpty() && status.equals(told) && !ended) {
                    lock.wait(200);
                    if (cut.getAsBoolean()) {
                        return;
                    }
                    write(out, ": still here\n\n");
                    continue;
                }
            }
            if (!status.equals(told) && !ended) {
                told = status;
                write(out, "event: status\ndata: " + status + "\n\n");
            }
            for (ObjectNode member : next) {
                String event = "id: %d\nevent: member\ndata: %s\n\n".formatted(place + 1, member);
                if (left-- <= 0) {
                    write(out, event.substring(0, event.length() / 2));
                    return;
                }
                write(out, event);
                place++;
            }
            if (ended) {
                write(out, "event: ended\ndata: " + status + "\n\n");
                return;
            }
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }
}
