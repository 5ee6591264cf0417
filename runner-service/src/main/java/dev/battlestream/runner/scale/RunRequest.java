package dev.battlestream.runner.scale;

import dev.battlestream.runner.battle.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as somebody asked for it, not yet admitted.
 *
 * @param age how long ago its record was written; empty where nothing says so
 * @param variants the names of the ways to play
 * @param battleBudgetUsd what each battle may cost at most by its specification
 * @param battle what is wrong with the battle as each variant would play it; empty if nothing
 */
public record RunRequest(
        String runId,
        Optional<Duration> age,
        int runCount,
        int concurrency,
        List<String> variants,
        Optional<BigDecimal> budgetUsd,
        Optional<BigDecimal> battleBudgetUsd,
        Optional<Long> seed,
        int timeoutSeconds,
        Map<String, String> labels,
        Optional<String> clientId,
        List<Fault> battle) {

    public RunRequest {
        variants = List.copyOf(variants);
        labels = Map.copyOf(labels);
        battle = List.copyOf(battle);
    }
}
