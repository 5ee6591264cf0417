package dev.battlestream.runner.scale.adapter;

import dev.battlestream.runner.battle.adapter.BattleAvro;
import dev.battlestream.runner.scale.RunEndReason;
import dev.battlestream.runner.scale.RunProgress;
import dev.battlestream.runner.scale.RunTerms;
import dev.battlestream.runner.scale.ScaleRun;
import dev.battlestream.runner.scale.adapter.stored.StoredMember;
import dev.battlestream.runner.scale.adapter.stored.StoredRun;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Between a run and the form in which it is stored. */
final class StoredRuns {

    private static final int MONEY_SCALE = 9;

    private static final RunTerms NO_TERMS =
            new RunTerms(
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Instant.EPOCH,
                    Instant.EPOCH,
                    Optional.empty(),
                    Map.of());

    private StoredRuns() {}

    /**
     * The stored form of a run that has not ended.
     *
     * @throws IllegalArgumentException for one that has
     */
    static StoredRun store(ScaleRun run) {
        return switch (run) {
            case ScaleRun.Unrequested(boolean cancelled) ->
                    stored(NO_TERMS, RunProgress.NONE).setCancelledEarly(cancelled).build();
            case ScaleRun.Running(var terms, var progress) -> stored(terms, progress).build();
            case ScaleRun.Stopping(var terms, var progress, var reason) ->
                    stored(terms, progress).setStopping(reason.name()).build();
            case ScaleRun.Ended _ ->
                    throw new IllegalArgumentException("of an ended run only a marker is kept");
        };
    }

    static ScaleRun run(StoredRun stored) {
        if (stored.getCancelledEarly()) {
            return new ScaleRun.Unrequested(true);
        }
        RunTerms terms =
                new RunTerms(
                        stored.getRunCount(),
                        stored.getConcurrency(),
                        Optional.ofNullable(stored.getBudgetUsd()),
                        Optional.ofNullable(stored.getBattleBudgetUsd()),
                        stored.getStartedAt(),
                        stored.getDeadline(),
                        Optional.ofNullable(stored.getClientId()),
                        stored.getCorrelation());
        SortedMap<Integer, BigDecimal> running = new TreeMap<>();
        stored.getRunning().forEach(member -> running.put(member.getIndex(), member.getSliceUsd()));
        RunProgress progress =
                new RunProgress(
                        stored.getLaunched(),
                        running,
                        stored.getGoals(),
                        stored.getCostUsd(),
                        stored.getUnsettledUsd());
        return stored.getStopping() == null
                ? new ScaleRun.Running(terms, progress)
                : new ScaleRun.Stopping(
                        terms, progress, RunEndReason.valueOf(stored.getStopping()));
    }

    private static StoredRun.Builder stored(RunTerms terms, RunProgress progress) {
        return StoredRun.newBuilder()
                .setRunCount(terms.runCount())
                .setConcurrency(terms.concurrency())
                .setBudgetUsd(terms.budgetUsd().map(BattleAvro::money).orElse(null))
                .setBattleBudgetUsd(terms.battleBudgetUsd().map(BattleAvro::money).orElse(null))
                .setStartedAt(terms.startedAt())
                .setDeadline(terms.deadline())
                .setClientId(terms.clientId().orElse(null))
                .setCorrelation(terms.correlation())
                .setLaunched(progress.launched())
                .setRunning(
                        progress.running().entrySet().stream()
                                .map(member ->
                                        new StoredMember(
                                                member.getKey(),
                                                BattleAvro.money(member.getValue())))
                                .toList())
                .setGoals(progress.goals())
                .setCostUsd(scaled(progress.costUsd()))
                .setUnsettledUsd(scaled(progress.unsettledUsd()));
    }

    private static BigDecimal scaled(BigDecimal usd) {
        return usd.setScale(MONEY_SCALE, RoundingMode.CEILING);
    }
}
