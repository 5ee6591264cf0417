package dev.battlestream.gateway.scale;

import dev.battlestream.gateway.battle.StartBattle;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A scale run as somebody asks for it. What was left out has its default.
 *
 * @param runId the caller's own choice of identity
 * @param runCount battles that are played
 * @param concurrency battles that are played at the same time
 * @param battle what each of them is asked for like
 * @param variants ways to play the battle, taken in turn; empty: as it is
 * @param seed of the first battle; each further one has the next number
 * @param budgetUsd what the run may cost, in US dollars
 * @param timeoutSeconds time the run may take
 * @param labels sorted by name, so that equal requests look equal
 */
public record StartRun(
        Optional<UUID> runId,
        int runCount,
        int concurrency,
        StartBattle battle,
        List<Variant> variants,
        Optional<Long> seed,
        Optional<BigDecimal> budgetUsd,
        int timeoutSeconds,
        Map<String, String> labels) {

    public StartRun {
        variants = List.copyOf(variants);
        labels = new TreeMap<>(labels);
    }

    /**
     * A way to play the battle that differs from what it asks for.
     *
     * @param model empty: that of the battle
     * @param systemPrompt empty optional: that of the battle
     * @param temperature empty: that of the battle
     */
    public record Variant(
            String name,
            String model,
            Optional<String> systemPrompt,
            Optional<Double> temperature) {}

    /** The same run with this budget of each battle, in US dollars, if nothing bounds its cost. */
    public StartRun orEachCosting(BigDecimal usd) {
        return budgetUsd.isPresent()
                ? this
                : new StartRun(
                        runId,
                        runCount,
                        concurrency,
                        battle.orCosting(usd),
                        variants,
                        seed,
                        budgetUsd,
                        timeoutSeconds,
                        labels);
    }

    /** What it may cost at most, in US dollars; empty if nothing bounds it. */
    public Optional<BigDecimal> mostUsd() {
        return budgetUsd.or(
                () -> battle.budgetUsd().map(each -> each.multiply(BigDecimal.valueOf(runCount))));
    }
}
