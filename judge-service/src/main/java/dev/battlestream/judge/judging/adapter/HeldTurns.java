package dev.battlestream.judge.judging.adapter;

import dev.battlestream.judge.judging.Docket;
import dev.battlestream.judge.judging.Docket.Closed;
import dev.battlestream.judge.judging.Docket.Open;
import dev.battlestream.judge.judging.Docket.Unheard;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** Turns that were read before the verdict of the turn before them, each a record of its own. */
record HeldTurns(KeyValueStore<String, PendingTurn> store) {

    static final String STORE = "held-turns";

    void hold(String battle, int turn, PendingTurn pending) {
        store.put(key(battle, turn), pending);
    }

    /** Empty if it is not held, because an earlier release judged it at once. */
    Optional<PendingTurn> release(String battle, int turn) {
        return Optional.ofNullable(store.delete(key(battle, turn)));
    }

    /** Deletes what a battle still holds that is about to be forgotten. */
    void forget(String battle, Docket docket) {
        switch (docket) {
            case Open open -> forget(battle, open.verdict(), open.turn());
            case Closed closed -> forget(battle, closed.verdict(), closed.turn());
            case Unheard _ -> {}
        }
    }

    private void forget(String battle, int lastVerdict, int lastTurn) {
        for (int turn = lastVerdict + 2; turn <= lastTurn; turn++) {
            store.delete(key(battle, turn));
        }
    }

    /** The last stroke divides, so that a battle's id may hold some too. */
    private static String key(String battle, int turn) {
        return battle + '/' + turn;
    }
}
