package dev.battlestream.runner.scale;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a run goes by; fixed when it is accepted.
 *
 * @param runCount battles that are played
 * @param concurrency battles that run at once at most
 * @param budgetUsd what the run may cost at most, in US dollars; empty for no budget of its own
 * @param battleBudgetUsd what each battle may cost at most by its own specification
 * @param deadline when the run is ended as TIMEOUT
 * @param correlation headers that tie what follows to the request
 */
public record RunTerms(
        int runCount,
        int concurrency,
        Optional<BigDecimal> budgetUsd,
        Optional<BigDecimal> battleBudgetUsd,
        Instant startedAt,
        Instant deadline,
        Optional<String> clientId,
        Map<String, String> correlation) {

    public RunTerms {
        correlation = Map.copyOf(correlation);
    }
}
