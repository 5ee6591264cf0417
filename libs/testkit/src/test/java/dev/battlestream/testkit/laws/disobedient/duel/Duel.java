package dev.battlestream.testkit.laws.disobedient.duel;

import dev.battlestream.testkit.laws.disobedient.duel.adapter.DuelSettings;
import java.time.Instant;

/** Breaks the law of purity and, with its settings, makes a cycle. */
public record Duel(DuelSettings settings, Instant at) {

    /** The same duel, now. */
    public Duel now() {
        return new Duel(settings, Instant.now());
    }
}
