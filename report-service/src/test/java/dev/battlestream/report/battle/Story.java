package dev.battlestream.report.battle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of a made-up battle, at minutes after a fixed instant. */
public final class Story {

    /** When the battle was asked for. */
    public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Story() {}

    /** A minute of the story. */
    public static Instant minute(int minute) {
        return START.plusSeconds(60L * minute);
    }

    public static BattleEvent.Requested requested() {
        return requested(10);
    }

    public static BattleEvent.Requested requested(int messageLimit) {
        return new BattleEvent.Requested(
                START, "support-bot", "scripted:never", messageLimit, "run-1");
    }

    public static BattleEvent.Played agent(int seq, int turn) {
        return new BattleEvent.Played(message(seq, turn, Speaker.AGENT, "says " + seq, false));
    }

    public static BattleEvent.Played opponent(int seq, int turn) {
        return new BattleEvent.Played(
                message(seq, turn, Speaker.OPPONENT, "answers " + seq, false));
    }

    public static BattleEvent.Played failedTurn(int seq, int turn) {
        return new BattleEvent.Played(message(seq, turn, Speaker.AGENT, "", true));
    }

    public static Message message(
            int seq, int turn, Speaker speaker, String content, boolean failed) {
        return new Message(
                seq,
                turn,
                speaker,
                content,
                "scripted:never",
                100 * seq,
                10 * seq,
                new BigDecimal("0.001"),
                500,
                1,
                minute(seq),
                failed,
                null);
    }

    public static BattleEvent.Judged judged(int turn, int seq) {
        return new BattleEvent.Judged(verdict(turn, seq));
    }

    public static Verdict verdict(int turn, int seq) {
        return new Verdict(
                turn,
                seq,
                Verdict.Answer.NO,
                Verdict.Stage.FAST,
                0.9,
                List.of("fast:goal"),
                "not yet",
                "scripted:judge",
                50,
                5,
                new BigDecimal("0.0001"),
                20,
                minute(seq).plusSeconds(1),
                List.of(
                        new Verdict.StageAnswer(
                                Verdict.Stage.FAST,
                                Verdict.Answer.NO,
                                0.9,
                                "not yet",
                                "scripted:judge",
                                50,
                                5,
                                new BigDecimal("0.0001"),
                                20,
                                1,
                                List.of("fast:goal"),
                                "fast/1",
                                1,
                                0.25,
                                null)),
                0.25);
    }

    static BattleEvent.Deleted deleted() {
        return new BattleEvent.Deleted(minute(40));
    }

    public static BattleEvent.Ended ended(EndReason reason, int turns, int messages, int verdicts) {
        return ended(reason, turns, messages, verdicts, null);
    }

    public static BattleEvent.Ended ended(
            EndReason reason, int turns, int messages, int verdicts, @Nullable Failure failure) {
        return new BattleEvent.Ended(
                new Ending(
                        reason,
                        failure,
                        turns,
                        messages,
                        verdicts,
                        START.plusSeconds(2),
                        minute(30),
                        "run-1",
                        null,
                        null),
                new Used(
                        new Spent(turns, 777, 77, new BigDecimal("0.5")),
                        new Spent(messages - turns, 55, 5, new BigDecimal("0.25")),
                        new Spent(verdicts, 33, 3, new BigDecimal("0.125")),
                        null));
    }
}
