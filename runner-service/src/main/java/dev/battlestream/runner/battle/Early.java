package dev.battlestream.runner.battle;

import static dev.battlestream.runner.battle.BattleDecider.ignore;

import dev.battlestream.runner.battle.Battle.AwaitingTurn;
import dev.battlestream.runner.battle.Battle.AwaitingVerdict;
import dev.battlestream.runner.battle.Battle.Unrequested;
import dev.battlestream.runner.battle.BattleInput.CancelAsked;
import dev.battlestream.runner.battle.BattleInput.TurnArrived;
import dev.battlestream.runner.battle.BattleInput.VerdictArrived;
import dev.battlestream.runner.battle.Decision.Action;
import dev.battlestream.runner.battle.Decision.Dropped;
import dev.battlestream.runner.battle.Decision.KeepMessage;
import java.util.List;
import java.util.Optional;

/** The decisions about what arrives before its time: it is kept, within bounds. */
final class Early {

    /** Messages that may arrive before their time: at most a whole battle with an opponent. */
    private static final int MAX_TURNS = 2 * Caps.HARD_MESSAGE_LIMIT;

    private static final int MAX_VERDICTS = Caps.HARD_MESSAGE_LIMIT;

    private enum Place {
        REPEATED,
        NEXT,
        BEYOND
    }

    private Early() {}

    static Decision keep(Unrequested battle, TurnArrived turn) {
        Arrivals arrivals = battle.arrivals();
        return switch (place(turn.seq(), arrivals.turns().size(), 0, MAX_TURNS)) {
            case REPEATED -> ignore(battle, Dropped.REPEATED_TURN);
            case NEXT ->
                    new Decision(
                            new Unrequested(arrivals.with(turn), battle.cancelled()),
                            message(turn));
            case BEYOND -> ignore(battle, Dropped.OUT_OF_ORDER);
        };
    }

    static Decision keep(Unrequested battle, VerdictArrived verdict) {
        Arrivals arrivals = battle.arrivals();
        return switch (place(verdict.turn(), arrivals.verdicts().size(), 0, MAX_VERDICTS)) {
            case REPEATED -> ignore(battle, Dropped.REPEATED_VERDICT);
            case NEXT ->
                    new Decision(
                            new Unrequested(arrivals.with(verdict), battle.cancelled()), List.of());
            case BEYOND -> ignore(battle, Dropped.OUT_OF_ORDER);
        };
    }

    static Decision keep(Unrequested battle, CancelAsked cancel) {
        return battle.cancelled().isPresent()
                ? ignore(battle, Dropped.REPEATED_CANCEL)
                : new Decision(
                        new Unrequested(battle.arrivals(), Optional.of(cancel.reason())),
                        List.of());
    }

    static Decision keep(AwaitingTurn battle, VerdictArrived verdict) {
        Arrivals arrivals = battle.arrivals();
        int judged = battle.progress().verdicts();
        return switch (place(verdict.turn(), arrivals.verdicts().size(), judged, MAX_VERDICTS)) {
            case REPEATED -> ignore(battle, Dropped.REPEATED_VERDICT);
            case NEXT ->
                    new Decision(
                            new AwaitingTurn(
                                    battle.terms(),
                                    battle.progress(),
                                    battle.next(),
                                    arrivals.with(verdict)),
                            List.of());
            case BEYOND -> ignore(battle, Dropped.OUT_OF_ORDER);
        };
    }

    static Decision keep(AwaitingVerdict battle, TurnArrived turn) {
        Arrivals arrivals = battle.arrivals();
        int played = battle.progress().messages();
        return switch (place(turn.seq(), arrivals.turns().size(), played, MAX_TURNS)) {
            case REPEATED -> ignore(battle, Dropped.REPEATED_TURN);
            case NEXT ->
                    new Decision(
                            new AwaitingVerdict(
                                    battle.terms(), battle.progress(), arrivals.with(turn)),
                            message(turn));
            case BEYOND -> ignore(battle, Dropped.OUT_OF_ORDER);
        };
    }

    static Decision forget(Unrequested battle) {
        return battle.equals(Battle.UNKNOWN)
                ? new Decision(battle, List.of())
                : ignore(Battle.UNKNOWN, Dropped.UNREQUESTED);
    }

    /** A message without a known speaker will end the battle and is never read. */
    private static List<Action> message(TurnArrived turn) {
        return turn.fault().isPresent()
                ? List.of()
                : turn.speaker().stream()
                        .<Action>map(
                                speaker -> new KeepMessage(turn.seq(), speaker, turn.content()))
                        .toList();
    }

    private static Place place(int number, int kept, int accepted, int limit) {
        int expected = accepted + kept + 1;
        if (number < expected) {
            return Place.REPEATED;
        }
        return number == expected && expected <= limit ? Place.NEXT : Place.BEYOND;
    }
}
