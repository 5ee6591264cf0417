package dev.battlestream.runner.battle.adapter;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.runner.battle.Fault;
import java.util.Optional;

/** Tells beforehand whether a battle would be played. */
@FunctionalInterface
public interface BattleAdmission {

    /** Why a battle would be refused if it were asked for now; empty if it would be played. */
    Optional<Fault> refusal(BattleRequested request);
}
