package dev.battlestream.report.battle.adapter;

import dev.battlestream.events.BattleDeletionRequested;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.DeltaKind;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.Failure;
import dev.battlestream.events.FailureClass;
import dev.battlestream.events.JudgeStage;
import dev.battlestream.events.Speaker;
import dev.battlestream.events.StageVerdict;
import dev.battlestream.events.TurnDelta;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.Usage;
import dev.battlestream.events.Verdict;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.schemas.EventSerdes;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Records of the topics, as a made-up battle publishes them. */
public final class Records {

    public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static final BigDecimal CENT = new BigDecimal("0.010000000");

    static {
        // Filling in the defaults of a record takes Avro's trust, too.
        EventSerdes.trustOwnRecords();
    }

    private Records() {}

    public static BattleRequested requested(String battleId) {
        return BattleRequested.newBuilder()
                .setBattleId(battleId)
                .setRequestedAt(START)
                .setAgentId("support-bot")
                .setModel("scripted:never")
                .setSystemPrompt("a secret prompt")
                .setGoal("a secret goal")
                .setMessageLimit(10)
                .setRunId("run-1")
                .build();
    }

    static TurnProduced turn(String battleId, int seq, int turn, Speaker speaker, String content) {
        return turn(battleId, seq, turn, speaker, content, 1).build();
    }

    public static TurnProduced agent(String battleId, int seq, int turn) {
        return turn(battleId, seq, turn, Speaker.AGENT, "agent " + seq);
    }

    public static TurnProduced opponent(String battleId, int seq, int turn) {
        return turn(battleId, seq, turn, Speaker.OPPONENT, "opponent " + seq);
    }

    /** A piece of a message's first attempt. */
    static TurnDelta delta(String battleId, int seq, int index, int offset, String text) {
        return TurnDelta.newBuilder()
                .setBattleId(battleId)
                .setSeq(seq)
                .setTurn(seq)
                .setIndex(index)
                .setText(text)
                .setOffset(offset)
                .setAt(START)
                .build();
    }

    /** A failed try of a message's first attempt. */
    static TurnDelta retry(String battleId, int seq, int index) {
        return TurnDelta.newBuilder(delta(battleId, seq, index, -1, ""))
                .setKind(DeltaKind.RETRY)
                .build();
    }

    public static TurnProduced repeated(TurnProduced first) {
        return TurnProduced.newBuilder(first)
                .setAttempt(first.getAttempt() + 1)
                .setContent("another answer to the same")
                .setTokensOut(first.getTokensOut() + 100)
                .build();
    }

    public static TurnProduced failedTurn(String battleId, int seq, int turn) {
        return turn(battleId, seq, turn, Speaker.AGENT, "", 1)
                .setFailure(failure(FailureClass.PROVIDER, "the provider refused the model"))
                .build();
    }

    private static TurnProduced.Builder turn(
            String battleId, int seq, int turn, Speaker speaker, String content, int attempt) {
        return TurnProduced.newBuilder()
                .setBattleId(battleId)
                .setSeq(seq)
                .setTurn(turn)
                .setAttempt(attempt)
                .setSpeaker(speaker)
                .setContent(content)
                .setModel("scripted:never")
                .setAnsweredBy("spare:never")
                .setTokensIn(10 * seq)
                .setTokensOut(seq)
                .setCostUsd(CENT)
                .setLatencyMs(250)
                .setProducedAt(at(seq))
                .setGoal("a secret goal");
    }

    public static VerdictIssued verdict(String battleId, int turn, int seq) {
        return VerdictIssued.newBuilder()
                .setBattleId(battleId)
                .setTurn(turn)
                .setSeq(seq)
                .setVerdict(Verdict.NO)
                .setDecidedBy(JudgeStage.FAST)
                .setConfidence(0.75)
                .setCriteriaApplied(List.of("validator:regex", "fast:goal"))
                .setReason("not yet")
                .setModel("scripted:judge")
                .setTokensIn(40)
                .setTokensOut(4)
                .setCostUsd(CENT)
                .setLatencyMs(30)
                .setStages(
                        List.of(
                                StageVerdict.newBuilder()
                                        .setStage(JudgeStage.FAST)
                                        .setVerdict(Verdict.NO)
                                        .setConfidence(0.75)
                                        .setReason("not yet")
                                        .setModel("scripted:judge")
                                        .setTokensIn(40)
                                        .setTokensOut(4)
                                        .setCostUsd(CENT)
                                        .setLatencyMs(30)
                                        .setCalls(1)
                                        .setCriteria(List.of("fast:goal"))
                                        .setPromptVersion("fast/1")
                                        .setProgress(0.25)
                                        .setAnsweredBy("spare:judge")
                                        .build()))
                .setProgress(0.25)
                .setIssuedAt(at(seq).plusMillis(500))
                .build();
    }

    public static BattleEnded ended(
            String battleId, EndReason reason, int turns, int messages, int verdicts) {
        return BattleEnded.newBuilder()
                .setBattleId(battleId)
                .setReason(reason)
                .setFailure(
                        reason == EndReason.ERROR
                                ? failure(FailureClass.PROVIDER, "the provider refused the model")
                                : null)
                .setTurns(turns)
                .setMessageCount(messages)
                .setVerdictCount(verdicts)
                .setAgentUsage(usage(turns))
                .setOpponentUsage(usage(messages - turns))
                .setJudgeUsage(usage(verdicts))
                .setStartedAt(START.plusMillis(5))
                .setEndedAt(at(100))
                .setRunId("run-1")
                .build();
    }

    public static BattleDeletionRequested deletion(String battleId) {
        return BattleDeletionRequested.newBuilder()
                .setBattleId(battleId)
                .setRequestedAt(at(200))
                .setClientId("key:ops")
                .build();
    }

    private static Usage usage(int calls) {
        return Usage.newBuilder()
                .setCalls(calls)
                .setTokensIn(100L * calls)
                .setTokensOut(10L * calls)
                .setCostUsd(CENT.multiply(BigDecimal.valueOf(calls)))
                .build();
    }

    private static Failure failure(FailureClass failureClass, String detail) {
        return Failure.newBuilder().setFailureClass(failureClass).setDetail(detail).build();
    }

    static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
