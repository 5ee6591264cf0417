package dev.battlestream.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** One stream of a report service that knows what the test tells it. */
final class StreamDouble {

    private final BattleDouble battle;
    private final Object lock;
    private final LongSupplier forgottenBefore;
    private final BooleanSupplier cut;
    private long cursor;
    private int left;

    /**
     * @param lock what guards the battle, and is notified when something has changed
     * @param after the cursor to begin behind
     * @param left events after which it breaks off, at any byte of the next one
     * @param forgottenBefore nothing before this cursor is told
     * @param cut whether it has to end, as its process does
     */
    StreamDouble(
            BattleDouble battle,
            Object lock,
            long after,
            int left,
            LongSupplier forgottenBefore,
            BooleanSupplier cut) {
        this.battle = battle;
        this.lock = lock;
        this.cursor = after;
        this.left = left;
        this.forgottenBefore = forgottenBefore;
        this.cut = cut;
    }

    /** Writes until the battle ends or the stream breaks off. */
    void write(OutputStream out) throws IOException, InterruptedException {
        String told = "";
        int passed = passed();
        while (true) {
            List<BattleDouble.Event> next;
            List<String> passing;
            String state;
            String data;
            boolean ended;
            synchronized (lock) {
                long from = cursor;
                next =
                        battle.events().stream()
                                .filter(e -> e.cursor() > from)
                                .filter(e -> e.cursor() >= forgottenBefore.getAsLong())
                                .toList();
                state = battle.state();
                data = battle.status().toString();
                ended = battle.hasEnded();
                passing = List.copyOf(battle.passing().subList(passed, battle.passing().size()));
                passed += passing.size();
                if (next.isEmpty() && passing.isEmpty() && state.equals(told) && !ended) {
                    lock.wait(200);
                    if (cut.getAsBoolean()) {
                        return;
                    }
                    out.write(": still here\n\n".getBytes(UTF_8));
                    out.flush();
                    continue;
                }
            }
            if (!state.equals(told)) {
                told = state;
                out.write(("event: status\ndata: " + data + "\n\n").getBytes(UTF_8));
            }
            for (BattleDouble.Event event : next) {
                byte[] bytes =
                        "id: %d\nevent: %s\ndata: %s\n\n"
                                .formatted(event.cursor(), event.name(), event.data())
                                .getBytes(UTF_8);
                if (left-- <= 0) {
                    out.write(bytes, 0, bytes.length / 2);
                    return;
                }
                out.write(bytes);
                cursor = event.cursor();
            }
            for (String event : passing) {
                out.write(event.getBytes(UTF_8));
            }
            if (ended) {
                out.write(("event: ended\ndata: " + data + "\n\n").getBytes(UTF_8));
                return;
            }
            out.flush();
        }
    }

    private int passed() {
        synchronized (lock) {
            return battle.passing().size();
        }
    }
}
