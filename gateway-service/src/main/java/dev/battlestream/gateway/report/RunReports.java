package dev.battlestream.gateway.report;

import dev.battlestream.gateway.exchange.Correlation;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of scale runs. Each read answers within a bounded time, with nothing for an unknown
 * run, or throws a {@link dev.battlestream.gateway.exchange.RequestProblem} when nobody can say.
 */
public interface RunReports {

    Optional<RunStatus> status(UUID runId, Correlation correlation);
}
