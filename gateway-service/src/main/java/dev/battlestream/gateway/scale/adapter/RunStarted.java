package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.gateway.report.BattleStatus;
import java.util.UUID;

/**
 * The answer to a start of a scale run.
 *
 * @param runId the run; so is jobId
 * @param links paths of everything that can be done with it
 */
public record RunStarted(UUID runId, UUID jobId, String state, RunLinks links) {

    /** Paths on this gateway. */
    public record RunLinks(
            String self, String status, String report, String stream, String cancel) {}

    static RunStarted of(UUID id, String state) {
        String run = "/api/scale/" + id;
        return new RunStarted(
                id,
                id,
                state,
                new RunLinks(
                        run, run + "/status", run + "/report", run + "/stream", run + "/cancel"));
    }

    static RunStarted queued(UUID id) {
        return of(id, BattleStatus.QUEUED);
    }
}
