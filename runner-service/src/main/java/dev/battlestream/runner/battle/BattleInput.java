package dev.battlestream.runner.battle;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What can happen to a battle. {@code at} is when the runner learned of it. */
public sealed interface BattleInput {

    Instant at();

    /**
     * Somebody asked for the battle.
     *
     * @param tariff what its calls cost at most; asked for only if the request keeps all rules
     * @param correlation headers that tie what follows to the request
     */
    record Requested(
            BattleRequest request,
            Caps caps,
            Supplier<Tariff> tariff,
            Map<String, String> correlation,
            Instant at)
            implements BattleInput {}

    /**
     * A message was played, or its call failed for good.
     *
     * @param seq its place among all messages of the battle, from 1
     * @param turn the agent's turn that it says to belong to
     * @param speaker who it says to have played it; empty for one that is not known
     * @param content what was said; empty when it failed
     * @param bytes of UTF-8 in it
     * @param latencyMs how long it took, retries included, in milliseconds
     * @param stopWord whether it is an opponent's and contains one of its stop words
     * @param fault why there is no message
     */
    record TurnArrived(
            int seq,
            int turn,
            Optional<Speaker> speaker,
            String content,
            int bytes,
            long latencyMs,
            boolean stopWord,
            Spent spent,
            Optional<Fault> fault,
            Instant at)
            implements BattleInput {

        /** All but what was said, which is kept elsewhere: a state must stay small. */
        TurnArrived withoutContent() {
            return new TurnArrived(
                    seq, turn, speaker, "", bytes, latencyMs, stopWord, spent, fault, at);
        }
    }

    /**
     * A turn of the agent was judged, or judging it failed for good.
     *
     * @param turn the agent's turn, from 1
     * @param progress how far the goal has been reached in the judge's estimate, 0 to 1
     * @param spent what judging has used
     * @param strong the part of it that the strong judge has used
     */
    record VerdictArrived(
            int turn,
            Ruling ruling,
            Optional<Double> progress,
            Spent spent,
            Spent strong,
            Optional<Fault> fault,
            Instant at)
            implements BattleInput {}

    /**
     * Somebody wants the end of the battle.
     *
     * @param reason MANUAL or TIMEOUT
     */
    record CancelAsked(EndReason reason, Instant at) implements BattleInput {}

    /** The battle's deadline has passed. */
    record TimeUp(Instant at) implements BattleInput {}

    /** Has the goal been reached? */
    enum Ruling {
        YES,
        NO,
        UNCERTAIN
    }
}
