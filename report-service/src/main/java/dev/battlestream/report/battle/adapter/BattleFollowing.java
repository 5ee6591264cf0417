package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleState;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.CanonicalOrder;
import dev.battlestream.report.battle.CanonicalOrder.Step;
import dev.battlestream.report.battle.Cursor;
import dev.battlestream.report.battle.Delta;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells one follower a battle in canonical order: reads the views from the cursor on, and at their
 * end waits until they change. There is no gap and no repeat, because nothing is handed over
 * between the past and the present: both are read from the same rows. What is written of the next
 * message is told besides, as far as it comes in time.
 *
 * <p>It ends when all is told, when the battle leaves the views or is deleted, when this instance
 * ceases to own it or goes down, and with an exception when the follower has gone. Except in the
 * first case the follower connects again with its cursor and goes on, on whichever instance.
 */
final class BattleFollowing {

    /** How long a stream outlives views that cannot be read; assignments take less. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration RETRY = Duration.ofMillis(200);

    private final Function<String, BattleReads> views;
    private final Duration heartbeat;
    private final Duration appearWithin;

    BattleFollowing(
            Function<String, BattleReads> views, Duration heartbeat, Duration appearWithin) {
        this.views = views;
        this.heartbeat = heartbeat;
        this.appearWithin = appearWithin;
    }

    /**
     * Waits until a battle is known.
     *
     * @throws UnknownBattleException if it does not appear in time
     * @throws DeletedBattleException if it was deleted
     * @throws ViewUnavailableException if the views cannot be read
     */
    void awaitKnown(String battleId, Subscription subscription) throws InterruptedException {
        if (!subscription.awaitKnown(() -> views.apply(battleId).status() != null, appearWithin)) {
            throw new UnknownBattleException();
        }
    }

    /**
     * Tells a battle that is over behind a cursor.
     *
     * @throws IOException if the follower has gone
     */
    void tell(Cursor from, BattleReads battle, EventSink sink) throws IOException {
        boolean _ = new Telling(from, sink).on(battle);
        sink.flush();
    }

    /**
     * Tells the battle behind a cursor.
     *
     * @throws IOException if the follower has gone
     */
    void follow(String battleId, Cursor from, Subscription subscription, EventSink sink)
            throws IOException, InterruptedException {
        Telling telling = new Telling(from, sink);
        long unreadableSince = 0;
        boolean unreadable = false;
        boolean look = true;
        while (subscription.active()) {
            look |= subscription.clear();
            try {
                // Before the message that they lead to, if that has come meanwhile, and after the
                // one that held them up.
                telling.deltas(subscription);
                if (look && !telling.on(views.apply(battleId))) {
                    return;
                }
                telling.deltas(subscription);
                look = false;
                unreadable = false;
            } catch (ViewUnavailableException e) {
                long now = System.nanoTime();
                unreadableSince = unreadable ? unreadableSince : now;
                unreadable = true;
                if (now - unreadableSince > PATIENCE.toNanos()) {
                    return;
                }
            }
            sink.flush();
            if (!subscription.await(unreadable ? RETRY : heartbeat)) {
                look = true;
                if (!unreadable) {
                    sink.heartbeat();
                }
            }
        }
    }

    private static final class Telling {

        private final EventSink sink;
        private Cursor cursor;
        private @Nullable BattleState told;

        Telling(Cursor cursor, EventSink sink) {
            this.cursor = cursor;
            this.sink = sink;
        }

        /** Tells what has been written of the next message. */
        void deltas(Subscription subscription) throws IOException {
            for (Delta delta : subscription.takeDeltas(cursor.seq() + 1)) {
                sink.delta(delta);
            }
        }

        private static @Nullable BattleStatus known(BattleReads reads) {
            try {
                return reads.status();
            } catch (DeletedBattleException _) {
                return null;
            }
        }

        /** Tells what there is; answers whether more may come. */
        boolean on(BattleReads reads) throws IOException {
            BattleStatus status = known(reads);
            if (status == null) {
                return false;
            }
            if (status.state() != told) {
                sink.status(status);
                told = status.state();
            }
            while (true) {
                switch (CanonicalOrder.after(cursor, status.ending(), reads)) {
                    case Step.Tell(var message, Cursor next) -> {
                        sink.message(message, next);
                        cursor = next;
                    }
                    case Step.TellVerdict(var verdict, Cursor next) -> {
                        sink.verdict(verdict, next);
                        cursor = next;
                    }
                    case Step.Await _ -> {
                        return true;
                    }
                    case Step.Finish _ -> {
                        if (status.complete()) {
                            sink.ended(status);
                        }
                        return !status.complete();
                    }
                }
            }
        }
    }
}
