package dev.battlestream.system;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.TurnDelta;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import java.util.ArrayList;
import java.util.List;

/** Every record of one battle that was read, repeated ones included, each topic in its order. */
final class BattleRecords {

    private final List<TurnProduced> turns = new ArrayList<>();
    private final List<VerdictIssued> verdicts = new ArrayList<>();
    private final List<BattleEnded> outcomes = new ArrayList<>();
    private final List<TurnDelta> deltas = new ArrayList<>();

    void add(Object value) {
        switch (value) {
            case TurnProduced turn -> turns.add(turn);
            case VerdictIssued verdict -> verdicts.add(verdict);
            case BattleEnded ended -> outcomes.add(ended);
            case TurnDelta delta -> deltas.add(delta);
            default -> throw new IllegalArgumentException("no record of a battle: " + value);
        }
    }

    /** The messages of the battle by the contract: first records in the order of seq. */
    List<TurnProduced> messages() {
        List<TurnProduced> accepted = new ArrayList<>();
        for (TurnProduced turn : turns) {
            if (turn.getFailure() == null && turn.getSeq() == accepted.size() + 1) {
                accepted.add(turn);
            }
        }
        return accepted;
    }

    /** The verdicts of the battle by the contract: first records in the order of turn. */
    List<VerdictIssued> verdicts() {
        List<VerdictIssued> accepted = new ArrayList<>();
        for (VerdictIssued verdict : verdicts) {
            if (verdict.getTurn() == accepted.size() + 1) {
                accepted.add(verdict);
            }
        }
        return accepted;
    }

    /** How it ended; the first record counts. */
    BattleEnded outcome() {
        return outcomes.getFirst();
    }

    /** How many records of messages were published, failed and repeated ones included. */
    int turns() {
        return turns.size();
    }

    /** How many outcomes were published. */
    int outcomes() {
        return outcomes.size();
    }

    /** The pieces of one message, in their order. */
    List<TurnDelta> deltas(int seq) {
        return deltas.stream().filter(delta -> delta.getSeq() == seq).toList();
    }

    /** Whether the outcome and all that belongs to the battle by it have been read. */
    boolean areComplete() {
        return !outcomes.isEmpty()
                && messages().size() >= outcome().getMessageCount()
                && verdicts().size() >= outcome().getVerdictCount();
    }
}
