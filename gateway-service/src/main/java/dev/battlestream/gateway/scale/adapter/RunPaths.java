package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.gateway.battle.BattleIds;
import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import java.util.List;
import java.util.UUID;

/** What every path with a run in it has in common. */
final class RunPaths {

    private RunPaths() {}

    /**
     * The run that a path names.
     *
     * @throws RequestProblem if it is no id
     */
    static UUID runId(String segment) {
        return BattleIds.parse(segment)
                .orElseThrow(() ->
                        RequestProblem.invalid(
                                List.of(
                                        new FieldError(
                                                "runId", "must be a UUID of 36 characters"))));
    }

    /** Nobody knows the run. */
    static RequestProblem unknown() {
        return RequestProblem.of(
                ProblemCode.RUN_NOT_FOUND, "No run has this id, or it is long gone");
    }
}
