package dev.battlestream.testkit.laws.obedient.duel;

import java.time.Instant;
import java.util.List;

/** Pure: time comes as an argument. */
public record Duel(List<String> contestants, Instant at) {

    /** The same duel, later. */
    public Duel later(Instant when) {
        return new Duel(contestants, when);
    }

    /** An array of ours and one of primitives are as pure as what they hold. */
    public static int[] scores(Duel... duels) {
        return new int[duels.length];
    }
}
