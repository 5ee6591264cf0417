package dev.battlestream.testkit.laws.disobedient.duel.adapter;

import dev.battlestream.testkit.laws.disobedient.duel.Duel;

/** Knows the feature that knows it. */
public record DuelSettings(String name) {

    /** What the duel is called. */
    public String describe(Duel duel) {
        return name + duel.at();
    }
}
