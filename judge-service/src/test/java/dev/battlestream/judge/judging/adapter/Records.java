package dev.battlestream.judge.judging.adapter;

import dev.battlestream.events.Failure;
import dev.battlestream.events.FailureClass;
import dev.battlestream.events.JudgeStage;
import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.events.MatchEffect;
import dev.battlestream.events.ModelJudge;
import dev.battlestream.events.Speaker;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.Validator;
import dev.battlestream.events.ValidatorType;
import dev.battlestream.events.Verdict;
import dev.battlestream.events.VerdictIssued;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Records of the contract as the tests need them. */
final class Records {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private Records() {}

    /** The agent's turn in a battle without an opponent. */
    static TurnProduced turn(String battle, int turn, String content) {
        return message(battle, turn, turn, content).build();
    }

    static TurnProduced turn(
            String battle, int turn, String content, String model, Validator... validators) {
        return message(battle, turn, turn, content)
                .setJudging(
                        JudgingPolicy.newBuilder()
                                .setValidators(List.of(validators))
                                .setFast(judge(model))
                                .build())
                .build();
    }

    /** A turn that two models judge. */
    static TurnProduced turn(String battle, int turn, String content, String fast, String strong) {
        return message(battle, turn, turn, content)
                .setJudging(
                        JudgingPolicy.newBuilder()
                                .setValidators(List.of())
                                .setFast(judge(fast))
                                .setStrong(judge(strong))
                                .build())
                .build();
    }

    private static ModelJudge judge(String model) {
        return ModelJudge.newBuilder().setModel(model).setRubric("").build();
    }

    static TurnProduced opponent(String battle, int seq, int turn) {
        return message(battle, seq, turn, "And then?").setSpeaker(Speaker.OPPONENT).build();
    }

    static TurnProduced failed(String battle, int turn) {
        return message(battle, turn, turn, "")
                .setFailure(
                        Failure.newBuilder()
                                .setFailureClass(FailureClass.PROVIDER)
                                .setDetail("It is overloaded.")
                                .build())
                .build();
    }

    static Validator validator(ValidatorType type, String pattern) {
        return Validator.newBuilder()
                .setType(type)
                .setPattern(pattern)
                .setOnMatch(MatchEffect.PASS)
                .build();
    }

    static VerdictIssued verdict(String battle, int turn) {
        return VerdictIssued.newBuilder()
                .setBattleId(battle)
                .setTurn(turn)
                .setSeq(turn)
                .setVerdict(Verdict.NO)
                .setDecidedBy(JudgeStage.FAST)
                .setCostUsd(BigDecimal.ZERO.setScale(9))
                .setIssuedAt(NOW)
                .build();
    }

    private static TurnProduced.Builder message(String battle, int seq, int turn, String content) {
        return TurnProduced.newBuilder()
                .setBattleId(battle)
                .setSeq(seq)
                .setTurn(turn)
                .setSpeaker(Speaker.AGENT)
                .setContent(content)
                .setModel("scripted:never")
                .setCostUsd(BigDecimal.ZERO.setScale(9))
                .setProducedAt(NOW)
                .setGoal("Reach the goal");
    }
}
