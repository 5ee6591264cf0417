package dev.battlestream.runner.battle.adapter;

import dev.battlestream.events.BattleCancelRequested;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.Failure;
import dev.battlestream.events.FailureClass;
import dev.battlestream.events.JudgeStage;
import dev.battlestream.events.ModelJudge;
import dev.battlestream.events.OpeningMessage;
import dev.battlestream.events.Opponent;
import dev.battlestream.events.Plateau;
import dev.battlestream.events.StageVerdict;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.Usage;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.runner.battle.BattleInput.CancelAsked;
import dev.battlestream.runner.battle.BattleInput.Ruling;
import dev.battlestream.runner.battle.BattleInput.TurnArrived;
import dev.battlestream.runner.battle.BattleInput.VerdictArrived;
import dev.battlestream.runner.battle.BattleRequest;
import dev.battlestream.runner.battle.BattleRequest.JudgeRequest;
import dev.battlestream.runner.battle.BattleRequest.OpponentRequest;
import dev.battlestream.runner.battle.EndReason;
import dev.battlestream.runner.battle.Fault;
import dev.battlestream.runner.battle.Outcome;
import dev.battlestream.runner.battle.Speaker;
import dev.battlestream.runner.battle.Spent;
import dev.battlestream.schemas.ValidatorRecords;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Between the contract's records and what the decider speaks of. */
public final class BattleAvro {

    /** Digits behind the point of an amount of money in the contract. */
    private static final int MONEY_SCALE = 9;

    /** The largest amount that the contract's 18 digits can hold. */
    private static final BigDecimal MOST_MONEY = new BigDecimal("999999999.999999999");

    private BattleAvro() {}

    public static BattleRequest request(BattleRequested record, Optional<Duration> age) {
        return new BattleRequest(
                record.getBattleId(),
                age,
                record.getAgentId(),
                record.getModel(),
                record.getSystemPrompt(),
                record.getGoal(),
                record.getOpening().stream().map(OpeningMessage::getContent).toList(),
                Optional.ofNullable(record.getOpponent()).map(BattleAvro::opponent),
                record.getMessageLimit(),
                Optional.ofNullable(record.getMaxTokensPerTurn()),
                Optional.ofNullable(record.getTemperature()),
                Optional.ofNullable(record.getBudgetUsd()),
                record.getTimeoutSeconds(),
                record.getJudging().getValidators().stream().map(ValidatorRecords::spec).toList(),
                Optional.ofNullable(record.getJudging().getFast()).map(BattleAvro::judge),
                Optional.ofNullable(record.getJudging().getStrong()).map(BattleAvro::judge),
                Optional.ofNullable(record.getJudging().getPlateau()).map(Plateau::getTurns),
                record.getLabels(),
                Optional.ofNullable(record.getClientId()),
                Optional.ofNullable(record.getRunId()));
    }

    private static OpponentRequest opponent(Opponent opponent) {
        return new OpponentRequest(
                opponent.getModel(), opponent.getSystemPrompt(), opponent.getStopWords());
    }

    private static JudgeRequest judge(ModelJudge judge) {
        return new JudgeRequest(judge.getModel(), judge.getRubric());
    }

    static TurnArrived turn(TurnProduced record, Instant at) {
        Spent spent =
                new Spent(
                        record.getCalls(),
                        record.getTokensIn(),
                        record.getTokensOut(),
                        record.getCostUsd(),
                        orZero(record.getUnsettledUsd()));
        return new TurnArrived(
                record.getSeq(),
                record.getTurn(),
                speaker(record),
                record.getContent(),
                record.getContent().getBytes(StandardCharsets.UTF_8).length,
                Math.max(0, record.getLatencyMs()),
                record.getStopWord(),
                spent,
                fault(record.getFailure()),
                at);
    }

    private static Optional<Speaker> speaker(TurnProduced record) {
        return switch (record.getSpeaker()) {
            case AGENT -> Optional.of(Speaker.AGENT);
            case OPPONENT -> Optional.of(Speaker.OPPONENT);
            case UNKNOWN -> Optional.empty();
        };
    }

    static VerdictArrived verdict(VerdictIssued record, Instant at) {
        Spent spent =
                new Spent(
                        calls(record.getStages().stream()),
                        record.getTokensIn(),
                        record.getTokensOut(),
                        record.getCostUsd(),
                        orZero(record.getUnsettledUsd()));
        return new VerdictArrived(
                record.getTurn(),
                ruling(record),
                progress(record),
                spent,
                strong(record),
                fault(record.getFailure()),
                at);
    }

    private static Spent strong(VerdictIssued record) {
        List<StageVerdict> stages =
                record.getStages().stream()
                        .filter(stage -> stage.getStage() == JudgeStage.STRONG)
                        .toList();
        return new Spent(
                calls(stages.stream()),
                stages.stream().mapToLong(StageVerdict::getTokensIn).filter(n -> n > 0).sum(),
                stages.stream().mapToLong(StageVerdict::getTokensOut).filter(n -> n > 0).sum(),
                stages.stream()
                        .map(StageVerdict::getCostUsd)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .max(BigDecimal.ZERO));
    }

    private static int calls(Stream<StageVerdict> stages) {
        return Math.clamp(stages.mapToLong(StageVerdict::getCalls).sum(), 0, Integer.MAX_VALUE);
    }

    public static BigDecimal orZero(@Nullable BigDecimal usd) {
        return usd == null ? BigDecimal.ZERO : usd;
    }

    /** Anyone may write: a figure that is no share says nothing. */
    private static Optional<Double> progress(VerdictIssued record) {
        return Optional.ofNullable(record.getProgress()).filter(p -> p >= 0 && p <= 1);
    }

    private static Ruling ruling(VerdictIssued record) {
        return switch (record.getVerdict()) {
            case YES -> Ruling.YES;
            case NO -> Ruling.NO;
            case UNCERTAIN -> Ruling.UNCERTAIN;
        };
    }

    static CancelAsked cancel(BattleCancelRequested record, Instant at) {
        return switch (record.getReason()) {
            case MANUAL -> new CancelAsked(EndReason.MANUAL, at);
            case TIMEOUT -> new CancelAsked(EndReason.TIMEOUT, at);
        };
    }

    private static Optional<Fault> fault(@Nullable Failure failure) {
        return Optional.ofNullable(failure)
                .map(f -> new Fault(blame(f.getFailureClass()), f.getDetail()));
    }

    private static Fault.Blame blame(FailureClass failureClass) {
        return switch (failureClass) {
            case REQUEST -> Fault.Blame.REQUEST;
            case PROVIDER -> Fault.Blame.PROVIDER;
            case JUDGE -> Fault.Blame.JUDGE;
            case PLATFORM, UNKNOWN -> Fault.Blame.PLATFORM;
            case BUDGET -> Fault.Blame.BUDGET;
        };
    }

    public static Failure failure(Fault fault) {
        FailureClass failureClass =
                switch (fault.blame()) {
                    case REQUEST -> FailureClass.REQUEST;
                    case PROVIDER -> FailureClass.PROVIDER;
                    case JUDGE -> FailureClass.JUDGE;
                    case PLATFORM -> FailureClass.PLATFORM;
                    case BUDGET -> FailureClass.BUDGET;
                };
        return new Failure(failureClass, fault.detail());
    }

    static BattleEnded ended(String battleId, Outcome outcome) {
        return BattleEnded.newBuilder()
                .setBattleId(battleId)
                .setReason(reason(outcome.reason()))
                .setFailure(outcome.fault().map(BattleAvro::failure).orElse(null))
                .setTurns(outcome.progress().turns())
                .setMessageCount(outcome.progress().messages())
                .setVerdictCount(outcome.progress().verdicts())
                .setAgentUsage(usage(outcome.progress().agent()))
                .setOpponentUsage(usage(outcome.progress().opponent()))
                .setJudgeUsage(usage(outcome.progress().judge()))
                .setFastJudgeUsage(usage(outcome.progress().fastJudge()))
                .setStrongJudgeUsage(usage(outcome.progress().strongJudge()))
                .setUnsettledUsd(unlessZero(outcome.unsettledUsd()))
                .setNextCallUsd(outcome.nextCallUsd().map(BattleAvro::money).orElse(null))
                .setTurnLatenciesMs(outcome.progress().latenciesMs())
                .setStartedAt(outcome.startedAt())
                .setEndedAt(outcome.endedAt())
                .setClientId(outcome.clientId().orElse(null))
                .setRunId(outcome.runId().orElse(null))
                .build();
    }

    private static dev.battlestream.events.EndReason reason(EndReason reason) {
        return switch (reason) {
            case GOAL -> dev.battlestream.events.EndReason.GOAL;
            case LIMIT -> dev.battlestream.events.EndReason.LIMIT;
            case PLATEAU -> dev.battlestream.events.EndReason.PLATEAU;
            case BUDGET -> dev.battlestream.events.EndReason.BUDGET;
            case ERROR -> dev.battlestream.events.EndReason.ERROR;
            case MANUAL -> dev.battlestream.events.EndReason.MANUAL;
            case TIMEOUT -> dev.battlestream.events.EndReason.TIMEOUT;
            case STOPPED -> dev.battlestream.events.EndReason.STOPPED;
        };
    }

    private static Usage usage(Spent spent) {
        return Usage.newBuilder()
                .setCalls(spent.calls())
                .setTokensIn(spent.tokensIn())
                .setTokensOut(spent.tokensOut())
                .setCostUsd(money(spent.costUsd()))
                .build();
    }

    /**
     * As the contract writes it: rounded up, so that a budget is never undercut by rounding, and
     * never more than its digits can hold.
     */
    public static BigDecimal money(BigDecimal usd) {
        return usd.setScale(MONEY_SCALE, RoundingMode.CEILING).min(MOST_MONEY);
    }

    /** As the contract writes what may be nothing. */
    public static @Nullable BigDecimal unlessZero(BigDecimal usd) {
        return usd.signum() == 0 ? null : money(usd);
    }

    /** Whether a record may say so, or say nothing. */
    public static boolean isMoneyOrNull(@Nullable BigDecimal usd) {
        return usd == null || isMoney(usd);
    }

    /** Whether a record may say so: Avro reads amounts that it cannot write. */
    public static boolean isMoney(BigDecimal usd) {
        return usd.signum() >= 0 && usd.compareTo(MOST_MONEY) <= 0;
    }
}
