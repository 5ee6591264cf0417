package dev.battlestream.judge.judging;

import dev.battlestream.judge.judging.Docket.Closed;
import dev.battlestream.judge.judging.Docket.Open;
import dev.battlestream.judge.judging.Docket.Unheard;
import dev.battlestream.judge.judging.JudgingInput.TimePassed;
import dev.battlestream.judge.judging.JudgingInput.TurnArrived;
import dev.battlestream.judge.judging.JudgingInput.VerdictArrived;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides which turns are judged. Turns and verdicts come from two topics, so they meet in any
 * order; for every interleaving that keeps each topic's own order the docket ends the same, and a
 * turn is judged at most once and never when its verdict is known already.
 *
 * <p>Of one battle one turn is judged at a time: a verdict counts only behind that of the turn
 * before, so a turn that is read earlier is held. Every message of the agent that follows gets a
 * verdict, under the number that follows, even if it cannot be judged: nobody waits in vain.
 */
public final class JudgingDecider {

    /** The verdicts that a battle may be behind: as many as it may have turns. */
    static final int MAX_AHEAD = 25;

    private JudgingDecider() {}

    /** What to remember and what to do. */
    public static Decision decide(Docket docket, JudgingInput input) {
        return switch (docket) {
            case Unheard unheard ->
                    switch (input) {
                        case TurnArrived turn -> first(unheard, turn);
                        case VerdictArrived verdict -> first(unheard, verdict);
                        case TimePassed _ -> Decision.remember(unheard);
                    };
            case Open open ->
                    switch (input) {
                        case TurnArrived turn -> next(open, turn);
                        case VerdictArrived verdict -> next(open, verdict);
                        case TimePassed time ->
                                open.lastActivity().isBefore(time.forgetBefore())
                                        ? Decision.remember(Docket.UNHEARD)
                                        : Decision.remember(open);
                    };
            case Closed closed ->
                    switch (input) {
                        case TurnArrived turn ->
                                Decision.drop(
                                        closed,
                                        turn.seq() <= closed.seq()
                                                ? DropReason.REPEATED_TURN
                                                : DropReason.TURN_AFTER_FAILURE);
                        case VerdictArrived verdict -> next(closed, verdict);
                        case TimePassed time ->
                                closed.lastActivity().isBefore(time.forgetBefore())
                                        ? Decision.remember(Docket.UNHEARD)
                                        : Decision.remember(closed);
                    };
        };
    }

    private static Decision first(Unheard unheard, TurnArrived turn) {
        return unlessDropped(unheard, next(unheard.open(turn.at()), turn));
    }

    private static Decision first(Unheard unheard, VerdictArrived verdict) {
        return verdict.at().isBefore(verdict.forgottenBefore())
                ? Decision.drop(unheard, DropReason.STALE_VERDICT)
                : unlessDropped(unheard, next(unheard.open(verdict.at()), verdict));
    }

    /** A dropped record opens no docket. */
    private static Decision unlessDropped(Unheard unheard, Decision decision) {
        return decision.action() instanceof Decision.Action.Drop drop
                ? Decision.drop(unheard, drop.reason())
                : decision;
    }

    private static Decision next(Open open, TurnArrived turn) {
        if (turn.seq() <= open.seq()) {
            return Decision.drop(open, DropReason.REPEATED_TURN);
        }
        if (turn.at().isBefore(turn.forgottenBefore())) {
            return Decision.drop(open, DropReason.STALE_TURN);
        }
        if (turn.seq() > open.seq() + 1) {
            return Decision.drop(open, DropReason.TURN_OUT_OF_ORDER);
        }
        if (turn.failed()) {
            return Decision.remember(open.close(turn.at()));
        }
        return switch (turn.speaker()) {
            case OTHER -> Decision.remember(open.withOtherMessage(turn.at()));
            case AGENT -> agentTurn(open, turn);
        };
    }

    private static Decision agentTurn(Open open, TurnArrived turn) {
        Open heard = open.withTurn(turn.at());
        int ahead = heard.turn() - heard.verdict();
        if (ahead <= 0) {
            return Decision.remember(heard);
        }
        if (ahead > MAX_AHEAD) {
            return Decision.drop(open, DropReason.TURN_TOO_FAR_AHEAD);
        }
        Fitness fitness = fitness(heard, turn);
        return ahead == 1
                ? Decision.judge(heard, heard.turn(), fitness)
                : Decision.hold(heard, heard.turn(), fitness);
    }

    private static Fitness fitness(Open heard, TurnArrived turn) {
        if (turn.turn() != heard.turn()) {
            return Fitness.MISNUMBERED;
        }
        return turn.oversized() ? Fitness.OVERSIZED : Fitness.FIT;
    }

    private static Decision next(Open open, VerdictArrived verdict) {
        return refused(open.verdict(), verdict)
                .map(reason -> Decision.drop(open, reason))
                .orElseGet(() ->
                        Decision.settle(
                                open.withVerdict(verdict.at()),
                                verdict.turn(),
                                held(verdict.turn() + 1, open.turn())));
    }

    private static Decision next(Closed closed, VerdictArrived verdict) {
        return refused(closed.verdict(), verdict)
                .map(reason -> Decision.drop(closed, reason))
                .orElseGet(() ->
                        Decision.settle(
                                closed.withVerdict(verdict.at()),
                                verdict.turn(),
                                held(verdict.turn() + 1, closed.turn())));
    }

    /** The next turn, if it was read already. */
    private static OptionalInt held(int next, int lastRead) {
        return next <= lastRead ? OptionalInt.of(next) : OptionalInt.empty();
    }

    private static Optional<DropReason> refused(int last, VerdictArrived verdict) {
        if (verdict.turn() <= last) {
            return Optional.of(DropReason.REPEATED_VERDICT);
        }
        return verdict.turn() > last + 1
                ? Optional.of(DropReason.VERDICT_OUT_OF_ORDER)
                : Optional.empty();
    }
}
