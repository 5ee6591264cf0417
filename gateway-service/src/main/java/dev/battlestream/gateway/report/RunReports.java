package dev.battlestream.gateway.report;

import dev.battlestream.gateway.exchange.Correlation;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of scale runs. Each read answers within a bounded time, with nothing for an unknown
 * run, or throws a {@link dev.battlestream.gateway.exchange.RequestProblem} when nobody can say.
 */
public interface RunReports {

    Optional<RunStatus> status(UUID runId, Correlation correlation);

    /**
     * The report of a run.
     *
     * @param partial whether it may be one of a run that goes on
     */
    Reported<RunReport> report(UUID runId, boolean partial, Correlation correlation);

    /**
     * The same as a file, in UTF-8.
     *
     * @param partial whether it may be one of a run that goes on
     */
    Reported<byte[]> document(
            UUID runId, RunDocument format, boolean partial, Correlation correlation);

    /**
     * A page of runs, newest first; parameters that make no sense are told all at once.
     *
     * @param parameters of the contract's list, by name, as the caller wrote them
     */
    RunList list(Map<String, String> parameters, Correlation correlation);
}
