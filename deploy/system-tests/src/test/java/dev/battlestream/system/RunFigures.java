package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The figures of a report worked out again from what the log says of the members. */
final class RunFigures {

    /** Two-sided 95 % of the normal distribution. */
    private static final double Z = 1.959963984540054;

    private final List<BattleEnded> battles;
    private final List<Long> turnsToGoal;

    RunFigures(List<RunMemberChanged> ends) {
        battles = ends.stream().map(RunMemberChanged::getOutcome).toList();
        turnsToGoal =
                battles.stream()
                        .filter(battle -> battle.getReason() == EndReason.GOAL)
                        .map(battle -> (long) battle.getTurns())
                        .sorted()
                        .toList();
    }

    /** Compares each figure of the report with its own. */
    void assertAgreesWith(JsonNode report) {
        assertThat(report.path("completed").asInt()).isEqualTo(battles.size());
        var counts =
                battles.stream()
                        .collect(
                                Collectors.groupingBy(
                                        battle ->
                                                battle.getReason().name().toLowerCase(Locale.ROOT),
                                        Collectors.counting()));
        report.path("counts")
                .properties()
                .forEach(count ->
                        assertThat(count.getValue().asLong())
                                .as(count.getKey())
                                .isEqualTo(counts.getOrDefault(count.getKey(), 0L)));
        long failed = battles.stream().filter(battle -> battle.getFailure() != null).count();
        assertThat(
                        report.path("failures").properties().stream()
                                .mapToLong(failure -> failure.getValue().asLong())
                                .sum())
                .isEqualTo(failed);
        assertSuccess(report.path("successRate"));
        assertTurns(report.path("turnsToGoal"));
        assertLatencies(
                report.path("turnLatencyMs"),
                battles.stream()
                        .flatMap(battle -> battle.getTurnLatenciesMs().stream())
                        .sorted()
                        .toList());
        assertLatencies(
                report.path("battleDurationMs"),
                battles.stream()
                        .map(battle ->
                                Duration.between(battle.getStartedAt(), battle.getEndedAt())
                                        .toMillis())
                        .sorted()
                        .toList());
        assertUsage(report.path("usage"));
    }

    private void assertSuccess(JsonNode rate) {
        int n = battles.size();
        double p = (double) turnsToGoal.size() / n;
        double middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4.0 * n * n));
        assertThat(rate.path("goals").asInt()).isEqualTo(turnsToGoal.size());
        assertThat(rate.path("value").asDouble()).isCloseTo(p, within(1e-9));
        assertThat(rate.path("low").asDouble()).isCloseTo(middle - half, within(1e-6));
        assertThat(rate.path("high").asDouble()).isCloseTo(middle + half, within(1e-6));
    }

    private void assertTurns(JsonNode turns) {
        assertThat(turns.path("count").asInt()).isEqualTo(turnsToGoal.size());
        if (!turnsToGoal.isEmpty()) {
            assertThat(turns.path("min").asLong()).isEqualTo(turnsToGoal.getFirst());
            assertThat(turns.path("median").asLong()).isEqualTo(rank(turnsToGoal, 0.5));
            assertThat(turns.path("p90").asLong()).isEqualTo(rank(turnsToGoal, 0.9));
            assertThat(turns.path("max").asLong()).isEqualTo(turnsToGoal.getLast());
        }
        var histogram =
                turnsToGoal.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Function.identity(), TreeMap::new, Collectors.counting()));
        var told = new TreeMap<Long, Long>();
        turns.path("histogram")
                .forEach(bar -> told.put(bar.path("turns").asLong(), bar.path("battles").asLong()));
        assertThat(told).isEqualTo(histogram);
    }

    private static void assertLatencies(JsonNode told, List<Long> sorted) {
        assertThat(told.path("count").asInt()).isEqualTo(sorted.size());
        assertThat(told.path("p50").asLong()).isEqualTo(rank(sorted, 0.5));
        assertThat(told.path("p90").asLong()).isEqualTo(rank(sorted, 0.9));
        assertThat(told.path("p95").asLong()).isEqualTo(rank(sorted, 0.95));
        assertThat(told.path("p99").asLong()).isEqualTo(rank(sorted, 0.99));
        assertThat(told.path("max").asLong()).isEqualTo(sorted.getLast());
    }

    private void assertUsage(JsonNode usage) {
        JsonNode roles = usage.path("byRole");
        assertRole(roles.path("agent"), BattleEnded::getAgentUsage);
        assertRole(roles.path("opponent"), BattleEnded::getOpponentUsage);
        assertRole(roles.path("fastJudge"), BattleEnded::getFastJudgeUsage);
        assertRole(roles.path("strongJudge"), BattleEnded::getStrongJudgeUsage);
        assertThat(new BigDecimal(usage.path("costUsd").asText()))
                .isEqualByComparingTo(
                        sum(BattleEnded::getAgentUsage)
                                .add(sum(BattleEnded::getOpponentUsage))
                                .add(sum(BattleEnded::getJudgeUsage)));
    }

    private void assertRole(JsonNode told, Function<BattleEnded, Usage> role) {
        assertThat(new BigDecimal(told.path("costUsd").asText())).isEqualByComparingTo(sum(role));
        assertThat(told.path("tokensIn").asLong())
                .isEqualTo(battles.stream().map(role).mapToLong(Usage::getTokensIn).sum());
        assertThat(told.path("calls").asLong())
                .isEqualTo(battles.stream().map(role).mapToLong(Usage::getCalls).sum());
    }

    private BigDecimal sum(Function<BattleEnded, Usage> role) {
        return battles.stream()
                .map(role)
                .map(Usage::getCostUsd)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The value at the nearest rank. */
    private static long rank(List<Long> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
