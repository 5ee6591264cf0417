package dev.battlestream.judge.judging.adapter;

import dev.battlestream.events.Failure;
import dev.battlestream.events.FailureClass;
import dev.battlestream.events.JudgeStage;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.judge.judging.JudgingInput.TurnArrived;
import dev.battlestream.judge.judging.Ruling;
import dev.battlestream.judge.judging.Speaker;
import dev.battlestream.judge.judging.Stage;
import dev.battlestream.judge.judging.StageVerdict;
import dev.battlestream.judge.judging.Verdict;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between the contract's records and what judging thinks in. */
final class JudgingAvro {

    /** Decimal places of money in the contract. */
    private static final int USD_SCALE = 9;

    /** Decimal digits of money in the contract, those behind the point included. */
    private static final int USD_PRECISION = 18;

    private static final BigDecimal MOST_USD =
            new BigDecimal(BigInteger.TEN.pow(USD_PRECISION).subtract(BigInteger.ONE), USD_SCALE);

    /** The longest sentence that the contract takes. */
    private static final int MAX_SENTENCE = 1_000;

    private JudgingAvro() {}

    /**
     * What the arrival of a turn means.
     *
     * @param at the time of the record
     * @param forgottenBefore as in {@link TurnArrived}
     */
    static TurnArrived arrived(TurnProduced turn, Instant at, Instant forgottenBefore) {
        Speaker speaker =
                switch (turn.getSpeaker()) {
                    case AGENT -> Speaker.AGENT;
                    case OPPONENT, UNKNOWN -> Speaker.OTHER;
                };
        return new TurnArrived(
                turn.getSeq(),
                turn.getTurn(),
                speaker,
                turn.getFailure() != null,
                speaker == Speaker.AGENT && !PendingTurn.fits(turn),
                at,
                forgottenBefore);
    }

    /**
     * The event that a ruling is.
     *
     * @param unsettledUsd the most that may be on the bill beside what its stages cost
     */
    static VerdictIssued verdict(
            TurnProduced turn, int attempt, Ruling ruling, BigDecimal unsettledUsd, Instant at) {
        StageVerdict.Cost cost = ruling.cost();
        VerdictIssued.Builder verdict =
                about(turn, attempt, at)
                        .setCriteriaApplied(ruling.criteria())
                        .setTokensIn(cost.tokensIn())
                        .setTokensOut(cost.tokensOut())
                        .setCostUsd(costUsd(ruling))
                        .setUnsettledUsd(unlessZero(unsettledUsd))
                        .setLatencyMs(cost.latency().toMillis())
                        .setStages(ruling.stages().stream().map(JudgingAvro::stage).toList())
                        .setProgress(ruling.progress().orElse(null));
        return switch (ruling) {
            case Ruling.Decided decided -> {
                StageVerdict deciding = decided.deciding();
                yield verdict.setVerdict(said(deciding.verdict()))
                        .setDecidedBy(stage(deciding.stage()))
                        .setConfidence(decided.confidence())
                        .setReason(sentence(decided.reason()))
                        .setModel(deciding.model())
                        .build();
            }
            case Ruling.Failed failed ->
                    verdict.setVerdict(dev.battlestream.events.Verdict.UNCERTAIN)
                            .setDecidedBy(stage(failed.failing()))
                            .setReason(sentence(failed.detail()))
                            .setFailure(failure(fault(failed.fault()), failed.detail()))
                            .build();
        };
    }

    /** Whether an amount is one of the contract: not negative, and not of too many digits. */
    static boolean isUsd(BigDecimal amount) {
        return amount.signum() >= 0 && amount.precision() <= USD_PRECISION;
    }

    /**
     * What is kept of a turn that cannot be judged: no texts, and why, as its failure.
     *
     * @param number the turn under which it gets its verdict
     */
    static TurnProduced unjudgeable(TurnProduced turn, int number, String detail) {
        return TurnProduced.newBuilder()
                .setBattleId(turn.getBattleId())
                .setSeq(turn.getSeq())
                .setTurn(number)
                .setAttempt(turn.getAttempt())
                .setSpeaker(turn.getSpeaker())
                .setContent("")
                .setModel("")
                .setCostUsd(usd(BigDecimal.ZERO))
                .setProducedAt(turn.getProducedAt())
                .setFailure(failure(FailureClass.PLATFORM, detail))
                .build();
    }

    /** The event that says that judging itself broke down. */
    static VerdictIssued breakdown(TurnProduced turn, int attempt, String detail, Instant at) {
        return about(turn, attempt, at)
                .setVerdict(dev.battlestream.events.Verdict.UNCERTAIN)
                .setDecidedBy(JudgeStage.UNKNOWN)
                .setCostUsd(usd(BigDecimal.ZERO))
                .setReason(sentence(detail))
                .setFailure(failure(FailureClass.PLATFORM, detail))
                // What its calls have cost is not known any more.
                .setUnsettledUsd(unlessZero(Purse.lost(turn, attempt + 1)))
                .build();
    }

    /** The sum of what the stages say, as they say it: rounded, the sum could be another one. */
    private static BigDecimal costUsd(Ruling ruling) {
        return ruling.stages().stream()
                .map(stage -> usd(stage.cost().usd()))
                .reduce(usd(BigDecimal.ZERO), BigDecimal::add)
                .min(MOST_USD);
    }

    private static @Nullable BigDecimal unlessZero(BigDecimal amount) {
        return amount.signum() == 0 ? null : usd(amount);
    }

    private static VerdictIssued.Builder about(TurnProduced turn, int attempt, Instant at) {
        return VerdictIssued.newBuilder()
                .setBattleId(turn.getBattleId())
                .setTurn(turn.getTurn())
                .setSeq(turn.getSeq())
                .setAttempt(attempt)
                .setCriteriaApplied(List.of())
                .setStages(List.of())
                .setIssuedAt(at);
    }

    private static dev.battlestream.events.StageVerdict stage(StageVerdict stage) {
        StageVerdict.Cost cost = stage.cost();
        StageVerdict.Asked asked = stage.asked();
        return dev.battlestream.events.StageVerdict.newBuilder()
                .setStage(stage(stage.stage()))
                .setVerdict(said(stage.verdict()))
                .setConfidence(stage.confidence())
                .setReason(sentence(stage.reason()))
                .setModel(stage.model())
                .setTokensIn(cost.tokensIn())
                .setTokensOut(cost.tokensOut())
                .setCostUsd(usd(cost.usd()))
                .setLatencyMs(cost.latency().toMillis())
                .setCalls(cost.calls())
                .setCriteria(stage.criteria())
                .setPromptVersion(asked == null ? null : asked.prompt())
                .setAttempt(asked == null ? 1 : asked.attempt())
                .setProgress(stage.progress().orElse(null))
                .setAnsweredBy(asked == null ? null : asked.answeredBy())
                .build();
    }

    private static dev.battlestream.events.Verdict said(Verdict verdict) {
        return switch (verdict) {
            case YES -> dev.battlestream.events.Verdict.YES;
            case NO -> dev.battlestream.events.Verdict.NO;
            case UNCERTAIN -> dev.battlestream.events.Verdict.UNCERTAIN;
        };
    }

    private static JudgeStage stage(Stage stage) {
        return switch (stage) {
            case VALIDATOR -> JudgeStage.VALIDATOR;
            case FAST -> JudgeStage.FAST;
            case STRONG -> JudgeStage.STRONG;
        };
    }

    private static FailureClass fault(Ruling.Fault fault) {
        return switch (fault) {
            case REQUEST -> FailureClass.REQUEST;
            case JUDGE -> FailureClass.JUDGE;
            case BUDGET -> FailureClass.BUDGET;
        };
    }

    private static Failure failure(FailureClass failureClass, String detail) {
        return Failure.newBuilder()
                .setFailureClass(failureClass)
                .setDetail(sentence(detail))
                .build();
    }

    private static BigDecimal usd(BigDecimal amount) {
        // Up, so that no budget is undercut by rounding.
        return amount.setScale(USD_SCALE, RoundingMode.CEILING).min(MOST_USD);
    }

    private static String sentence(String text) {
        return text.length() <= MAX_SENTENCE ? text : text.substring(0, MAX_SENTENCE - 1) + "…";
    }
}
