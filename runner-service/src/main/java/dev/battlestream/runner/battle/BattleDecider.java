package dev.battlestream.runner.battle;

import dev.battlestream.runner.battle.Battle.AwaitingTurn;
import dev.battlestream.runner.battle.Battle.AwaitingVerdict;
import dev.battlestream.runner.battle.Battle.Ended;
import dev.battlestream.runner.battle.Battle.Unrequested;
import dev.battlestream.runner.battle.BattleInput.CancelAsked;
import dev.battlestream.runner.battle.BattleInput.Requested;
import dev.battlestream.runner.battle.BattleInput.TimeUp;
import dev.battlestream.runner.battle.BattleInput.TurnArrived;
import dev.battlestream.runner.battle.BattleInput.VerdictArrived;
import dev.battlestream.runner.battle.Decision.Action;
import dev.battlestream.runner.battle.Decision.CancelTurn;
import dev.battlestream.runner.battle.Decision.Dropped;
import dev.battlestream.runner.battle.Decision.End;
import dev.battlestream.runner.battle.Decision.Ignore;
import dev.battlestream.runner.battle.Decision.KeepMessage;
import dev.battlestream.runner.battle.Decision.StartTurn;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what happens next in a battle: a total function of its state and what happened.
 *
 * <p>The topics of a battle arrive in any order, each keeping its own. Without a cancellation or a
 * passed deadline every interleaving leads to the same end.
 */
public final class BattleDecider {

    private BattleDecider() {}

    /** What is to be done when {@code input} happens to {@code battle}. */
    public static Decision decide(Battle battle, BattleInput input) {
        return switch (battle) {
            case Unrequested unrequested ->
                    switch (input) {
                        case Requested requested -> admit(unrequested, requested);
                        case TurnArrived turn -> Early.keep(unrequested, turn);
                        case VerdictArrived verdict -> Early.keep(unrequested, verdict);
                        case CancelAsked cancel -> Early.keep(unrequested, cancel);
                        case TimeUp _ -> Early.forget(unrequested);
                    };
            case AwaitingTurn awaiting ->
                    switch (input) {
                        case Requested _ -> ignore(battle, Dropped.REPEATED_REQUEST);
                        case TurnArrived turn -> play(awaiting, turn);
                        case VerdictArrived verdict -> Early.keep(awaiting, verdict);
                        case CancelAsked cancel -> stop(awaiting, cancel.reason(), cancel.at());
                        case TimeUp timeUp -> stop(awaiting, EndReason.TIMEOUT, timeUp.at());
                    };
            case AwaitingVerdict awaiting ->
                    switch (input) {
                        case Requested _ -> ignore(battle, Dropped.REPEATED_REQUEST);
                        case TurnArrived turn -> Early.keep(awaiting, turn);
                        case VerdictArrived verdict -> judge(awaiting, verdict);
                        case CancelAsked cancel -> stop(awaiting, cancel.reason(), cancel.at());
                        case TimeUp timeUp -> stop(awaiting, EndReason.TIMEOUT, timeUp.at());
                    };
            case Ended _ ->
                    switch (input) {
                        case Requested _ -> ignore(battle, Dropped.REPEATED_REQUEST);
                        case TurnArrived _, VerdictArrived _, CancelAsked _ ->
                                ignore(battle, Dropped.AFTER_END);
                        case TimeUp _ -> new Decision(battle, List.of());
                    };
        };
    }

    private static Decision admit(Unrequested battle, Requested requested) {
        BattleRequest request = requested.request();
        Instant at = requested.at();
        Optional<Fault> refusal = Admission.refusal(request, requested.caps());
        if (refusal.isPresent()) {
            Outcome outcome =
                    new Outcome(
                            EndReason.ERROR,
                            refusal,
                            Progress.NONE,
                            BigDecimal.ZERO,
                            Optional.empty(),
                            at,
                            at,
                            request.clientId()
                                    .filter(id -> id.length() <= requested.caps().labelLength()),
                            request.runId().filter(BattleId::isValid));
            return new Decision(new Ended(at), List.of(new End(outcome)));
        }
        Terms terms =
                new Terms(
                        request.battleId(),
                        request.messageLimit(),
                        request.opponent().isPresent(),
                        request.budgetUsd(),
                        requested.tariff().get(),
                        request.plateauTurns(),
                        at,
                        at.plusSeconds(request.timeoutSeconds()),
                        request.clientId(),
                        request.runId(),
                        requested.correlation());
        List<Action> plan = new ArrayList<>();
        Battle next =
                advance(
                        new AwaitingTurn(terms, Progress.NONE, Speaker.AGENT, battle.arrivals()),
                        at,
                        plan);
        if (battle.cancelled().isPresent()) {
            // Asked to end before it was asked for: what has already been played still counts, but
            // no further call is made.
            plan.removeIf(StartTurn.class::isInstance);
            next =
                    switch (next) {
                        case AwaitingTurn b ->
                                end(b, Ending.of(battle.cancelled().get()), at, plan);
                        case AwaitingVerdict b ->
                                end(b, Ending.inFlight(battle.cancelled().get(), b), at, plan);
                        case Ended b -> b;
                        case Unrequested b ->
                                throw new IllegalStateException("admitted but unrequested: " + b);
                    };
        }
        return new Decision(next, plan);
    }

    // ---- the game

    private static Decision play(AwaitingTurn battle, TurnArrived turn) {
        int expected = battle.progress().messages() + 1;
        if (turn.seq() < expected) {
            return ignore(battle, Dropped.REPEATED_TURN);
        }
        if (turn.seq() > expected) {
            return ignore(battle, Dropped.OUT_OF_ORDER);
        }
        List<Action> plan = new ArrayList<>();
        if (turn.fault().isEmpty()) {
            plan.add(new KeepMessage(turn.seq(), battle.next(), turn.content()));
        }
        return new Decision(accept(battle, turn, battle.arrivals(), turn.at(), plan), plan);
    }

    private static Decision judge(AwaitingVerdict battle, VerdictArrived verdict) {
        int expected = battle.progress().verdicts() + 1;
        if (verdict.turn() < expected) {
            return ignore(battle, Dropped.REPEATED_VERDICT);
        }
        if (verdict.turn() > expected) {
            return ignore(battle, Dropped.OUT_OF_ORDER);
        }
        List<Action> plan = new ArrayList<>();
        return new Decision(accept(battle, verdict, battle.arrivals(), verdict.at(), plan), plan);
    }

    private static Battle accept(
            AwaitingTurn battle, TurnArrived turn, Arrivals rest, Instant at, List<Action> plan) {
        if (turn.fault().isPresent()) {
            Fault fault = turn.fault().get();
            return end(battle, Ending.failed(fault, turn.spent(), battle.nextCallUsd()), at, plan);
        }
        if (turn.turn() != battle.turn() || !turn.speaker().equals(Optional.of(battle.next()))) {
            Fault fault = misplaced(battle, turn);
            return end(battle, Ending.failed(fault, turn.spent(), BigDecimal.ZERO), at, plan);
        }
        return switch (battle.played(turn, rest)) {
            case AwaitingTurn next when turn.stopWord() ->
                    end(next, Ending.of(EndReason.STOPPED), at, plan);
            case AwaitingTurn next -> advance(next, at, plan);
            case AwaitingVerdict next -> advance(next, at, plan);
            case Unrequested next -> throw new IllegalStateException("played into " + next);
            case Ended next -> throw new IllegalStateException("played into " + next);
        };
    }

    /** The judge goes by what a message says of itself, so a message that lies ends the battle. */
    private static Fault misplaced(AwaitingTurn battle, TurnArrived turn) {
        return new Fault(
                Fault.Blame.PLATFORM,
                "message %d says to be turn %d of %s, but it is turn %d of %s"
                        .formatted(
                                turn.seq(),
                                turn.turn(),
                                turn.speaker().map(Speaker::name).orElse("UNKNOWN"),
                                battle.turn(),
                                battle.next()));
    }

    private static Battle accept(
            AwaitingVerdict battle,
            VerdictArrived verdict,
            Arrivals rest,
            Instant at,
            List<Action> plan) {
        if (verdict.fault().isPresent()) {
            BigDecimal judgingUsd = battle.terms().tariff().judgingUsd();
            return end(
                    battle,
                    Ending.failed(verdict.fault().get(), verdict.spent(), judgingUsd),
                    at,
                    plan);
        }
        AwaitingTurn judged = battle.goesOn(battle.progress().judged(verdict), rest);
        if (verdict.ruling() == BattleInput.Ruling.YES) {
            return end(judged, Ending.of(EndReason.GOAL), at, plan);
        }
        if (judged.progress().turns() >= judged.terms().messageLimit()) {
            return end(judged, Ending.of(EndReason.LIMIT), at, plan);
        }
        if (judged.terms()
                .plateauTurns()
                .filter(judged.progress().improvement()::isPlateau)
                .isPresent()) {
            return end(judged, Ending.of(EndReason.PLATEAU), at, plan);
        }
        return advance(judged, at, plan);
    }

    /**
     * Uses what has already arrived; otherwise asks for the next message, if its worst case fits.
     */
    private static Battle advance(AwaitingTurn battle, Instant at, List<Action> plan) {
        if (!battle.isAffordable()) {
            return end(battle, Ending.beforeCall(battle.nextCallUsd()), at, plan);
        }
        if (battle.arrivals().turns().isEmpty()) {
            plan.add(
                    new StartTurn(
                            battle.progress().messages() + 1,
                            battle.turn(),
                            battle.next(),
                            battle.allowance()));
            return battle;
        }
        TurnArrived turn = battle.arrivals().turns().getFirst();
        return accept(battle, turn, battle.arrivals().withoutFirstTurn(), at, plan);
    }

    private static Battle advance(AwaitingVerdict battle, Instant at, List<Action> plan) {
        if (battle.arrivals().verdicts().isEmpty()) {
            return battle;
        }
        VerdictArrived verdict = battle.arrivals().verdicts().getFirst();
        return accept(battle, verdict, battle.arrivals().withoutFirstVerdict(), at, plan);
    }

    // ---- the end

    private static Decision stop(AwaitingTurn battle, EndReason reason, Instant at) {
        List<Action> plan = new ArrayList<>();
        return new Decision(end(battle, Ending.inFlight(reason, battle), at, plan), plan);
    }

    private static Decision stop(AwaitingVerdict battle, EndReason reason, Instant at) {
        List<Action> plan = new ArrayList<>();
        return new Decision(end(battle, Ending.inFlight(reason, battle), at, plan), plan);
    }

    private static Ended end(AwaitingTurn battle, Ending ending, Instant at, List<Action> plan) {
        plan.add(new CancelTurn(battle.progress().messages() + 1));
        plan.add(new End(ending.outcome(battle.terms(), battle.progress(), at)));
        return battle.ended(at);
    }

    private static Ended end(AwaitingVerdict battle, Ending ending, Instant at, List<Action> plan) {
        plan.add(new End(ending.outcome(battle.terms(), battle.progress(), at)));
        return battle.ended(at);
    }

    static Decision ignore(Battle battle, Dropped reason) {
        return new Decision(battle, List.of(new Ignore(reason)));
    }
}
