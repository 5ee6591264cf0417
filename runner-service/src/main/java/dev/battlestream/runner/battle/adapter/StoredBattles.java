package dev.battlestream.runner.battle.adapter;

import dev.battlestream.runner.battle.Arrivals;
import dev.battlestream.runner.battle.Battle;
import dev.battlestream.runner.battle.Battle.AwaitingTurn;
import dev.battlestream.runner.battle.Battle.AwaitingVerdict;
import dev.battlestream.runner.battle.Battle.Ended;
import dev.battlestream.runner.battle.Battle.Unrequested;
import dev.battlestream.runner.battle.BattleInput.Ruling;
import dev.battlestream.runner.battle.BattleInput.TurnArrived;
import dev.battlestream.runner.battle.BattleInput.VerdictArrived;
import dev.battlestream.runner.battle.CallPrice;
import dev.battlestream.runner.battle.EndReason;
import dev.battlestream.runner.battle.Fault;
import dev.battlestream.runner.battle.Improvement;
import dev.battlestream.runner.battle.Progress;
import dev.battlestream.runner.battle.Speaker;
import dev.battlestream.runner.battle.Spent;
import dev.battlestream.runner.battle.Tariff;
import dev.battlestream.runner.battle.Terms;
import dev.battlestream.runner.battle.adapter.stored.StoredBattle;
import dev.battlestream.runner.battle.adapter.stored.StoredFault;
import dev.battlestream.runner.battle.adapter.stored.StoredPrice;
import dev.battlestream.runner.battle.adapter.stored.StoredRunning;
import dev.battlestream.runner.battle.adapter.stored.StoredSpent;
import dev.battlestream.runner.battle.adapter.stored.StoredTurn;
import dev.battlestream.runner.battle.adapter.stored.StoredUnrequested;
import dev.battlestream.runner.battle.adapter.stored.StoredVerdict;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between a battle in flight and how the runner keeps it in its store. */
final class StoredBattles {

    private StoredBattles() {}

    /**
     * @throws IllegalStateException for an ended battle, of which only a marker is kept elsewhere
     */
    static StoredBattle store(Battle battle) {
        return switch (battle) {
            case Unrequested b ->
                    stored(
                            new StoredUnrequested(b.cancelled().map(Enum::name).orElse(null)),
                            b.arrivals());
            case AwaitingTurn b ->
                    stored(running(b.terms(), b.progress(), b.next().name()), b.arrivals());
            case AwaitingVerdict b -> stored(running(b.terms(), b.progress(), null), b.arrivals());
            case Ended b -> throw new IllegalStateException("an ended battle is not stored: " + b);
        };
    }

    static Battle battle(StoredBattle stored) {
        Arrivals arrivals =
                new Arrivals(
                        stored.getTurns().stream().map(StoredBattles::turn).toList(),
                        stored.getVerdicts().stream().map(StoredBattles::verdict).toList());
        return switch (stored.getLife()) {
            case StoredUnrequested life ->
                    new Unrequested(
                            arrivals,
                            Optional.ofNullable(life.getCancelled()).map(EndReason::valueOf));
            case StoredRunning life when life.getNext() == null ->
                    new AwaitingVerdict(terms(life), progress(life), arrivals);
            case StoredRunning life ->
                    new AwaitingTurn(
                            terms(life), progress(life), Speaker.valueOf(life.getNext()), arrivals);
            default -> throw new IllegalStateException("unknown life " + stored.getLife());
        };
    }

    private static StoredBattle stored(Object life, Arrivals arrivals) {
        return new StoredBattle(
                life,
                arrivals.turns().stream().map(StoredBattles::stored).toList(),
                arrivals.verdicts().stream().map(StoredBattles::stored).toList());
    }

    private static StoredRunning running(Terms terms, Progress progress, @Nullable String next) {
        return new StoredRunning(
                terms.battleId(),
                terms.messageLimit(),
                terms.opponent(),
                terms.budgetUsd().map(BattleAvro::money).orElse(null),
                terms.startedAt(),
                terms.deadline(),
                terms.clientId().orElse(null),
                terms.runId().orElse(null),
                progress.turns(),
                progress.messages(),
                progress.verdicts(),
                stored(progress.agent()),
                stored(progress.opponent()),
                stored(progress.judge()),
                next,
                terms.correlation(),
                terms.plateauTurns().orElse(null),
                progress.improvement().best(),
                progress.improvement().stale(),
                progress.bytes(),
                stored(progress.strongJudge()),
                stored(terms.tariff().agent()),
                stored(terms.tariff().opponent()),
                terms.tariff().judgingUsd().setScale(Tariffs.SCALE, RoundingMode.CEILING),
                progress.latenciesMs());
    }

    private static Terms terms(StoredRunning life) {
        return new Terms(
                life.getBattleId(),
                life.getMessageLimit(),
                life.getOpponent(),
                Optional.ofNullable(life.getBudgetUsd()),
                tariff(life),
                Optional.ofNullable(life.getPlateauTurns()),
                life.getStartedAt(),
                life.getDeadline(),
                Optional.ofNullable(life.getClientId()),
                Optional.ofNullable(life.getRunId()),
                life.getCorrelation());
    }

    private static Progress progress(StoredRunning life) {
        return new Progress(
                life.getTurns(),
                life.getMessages(),
                life.getBytes(),
                life.getVerdicts(),
                spent(life.getAgent()),
                spent(life.getOpponentSpent()),
                spent(life.getJudge()),
                life.getStrongJudge() == null ? Spent.NOTHING : spent(life.getStrongJudge()),
                life.getLatenciesMs(),
                new Improvement(life.getBestProgress(), life.getStaleTurns()));
    }

    /** A battle that an earlier version has begun has none: nothing of it is reserved. */
    private static Tariff tariff(StoredRunning life) {
        return new Tariff(
                price(life.getAgentPrice()),
                price(life.getOpponentPrice()),
                BattleAvro.orZero(life.getJudgingUsd()));
    }

    private static StoredPrice stored(CallPrice price) {
        return new StoredPrice(
                price.baseUsd().setScale(Tariffs.SCALE, RoundingMode.CEILING),
                price.perMessageUsd().setScale(Tariffs.SCALE, RoundingMode.CEILING),
                price.perByteUsd().setScale(Tariffs.SCALE, RoundingMode.CEILING));
    }

    private static CallPrice price(@Nullable StoredPrice stored) {
        return stored == null
                ? CallPrice.FREE
                : new CallPrice(
                        stored.getBaseUsd(), stored.getPerMessageUsd(), stored.getPerByteUsd());
    }

    private static StoredSpent stored(Spent spent) {
        return new StoredSpent(
                spent.calls(),
                spent.tokensIn(),
                spent.tokensOut(),
                BattleAvro.money(spent.costUsd()),
                BattleAvro.unlessZero(spent.unsettledUsd()));
    }

    private static Spent spent(StoredSpent stored) {
        return new Spent(
                stored.getCalls(),
                stored.getTokensIn(),
                stored.getTokensOut(),
                stored.getCostUsd(),
                BattleAvro.orZero(stored.getUnsettledUsd()));
    }

    private static StoredTurn stored(TurnArrived turn) {
        return new StoredTurn(
                turn.seq(),
                turn.turn(),
                turn.speaker().map(Enum::name).orElse(null),
                stored(turn.spent()),
                stored(turn.fault()),
                turn.at(),
                turn.bytes(),
                turn.stopWord(),
                turn.latencyMs());
    }

    private static TurnArrived turn(StoredTurn stored) {
        return new TurnArrived(
                stored.getSeq(),
                stored.getTurn(),
                Optional.ofNullable(stored.getSpeaker()).map(Speaker::valueOf),
                "",
                stored.getBytes(),
                stored.getLatencyMs(),
                stored.getStopWord(),
                spent(stored.getSpent()),
                fault(stored.getFault()),
                stored.getAt());
    }

    private static StoredVerdict stored(VerdictArrived verdict) {
        return new StoredVerdict(
                verdict.turn(),
                verdict.ruling().name(),
                stored(verdict.spent()),
                stored(verdict.fault()),
                verdict.at(),
                verdict.progress().orElse(null),
                stored(verdict.strong()));
    }

    private static VerdictArrived verdict(StoredVerdict stored) {
        return new VerdictArrived(
                stored.getTurn(),
                Ruling.valueOf(stored.getRuling()),
                Optional.ofNullable(stored.getProgress()),
                spent(stored.getSpent()),
                stored.getStrong() == null ? Spent.NOTHING : spent(stored.getStrong()),
                fault(stored.getFault()),
                stored.getAt());
    }

    private static @Nullable StoredFault stored(Optional<Fault> fault) {
        return fault.map(f -> new StoredFault(f.blame().name(), f.detail())).orElse(null);
    }

    private static Optional<Fault> fault(@Nullable StoredFault stored) {
        return Optional.ofNullable(stored)
                .map(f -> new Fault(Fault.Blame.valueOf(f.getBlame()), f.getDetail()));
    }
}
