package dev.battlestream.gateway.report;

import dev.battlestream.gateway.exchange.Correlation;
import java.util.Map;

/** The battles that were ever asked for, as the report service's archive has them. */
public interface Archive {

    /**
     * A page of battles, newest first. Answers within a bounded time, or throws a {@link
     * dev.battlestream.gateway.exchange.RequestProblem}: also for parameters that make no sense,
     * all of which the archive names at once.
     *
     * @param parameters of the contract's list, by name, as the caller wrote them
     */
    BattleList list(Map<String, String> parameters, Correlation correlation);
}
