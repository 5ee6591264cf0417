package dev.battlestream.testkit.laws.obedient.duel.adapter;

import dev.battlestream.testkit.laws.obedient.duel.Duel;
import java.time.Clock;

/** The world around a pure feature. */
public final class DuelClock {

    private final Clock clock;

    DuelClock(Clock clock) {
        this.clock = clock;
    }

    Duel tick(Duel duel) {
        return duel.later(clock.instant());
    }
}
