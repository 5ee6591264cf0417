package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.scale.Run;
import java.time.Instant;

/**
 * A row of the view of runs.
 *
 * @param recordedAt newest timestamp of its records, which retention counts from as Kafka does; the
 *     outcome's once it ended
 */
record RunRow(Run run, Instant recordedAt) {

    static RunRow unknown(String runId) {
        return new RunRow(Run.unknown(runId), Instant.EPOCH);
    }

    /** The row with what a record of this timestamp has made of the run. */
    RunRow next(Run folded, Instant recorded) {
        if (run.ending() != null) {
            return new RunRow(folded, recordedAt);
        }
        boolean counts = folded.ending() != null || recorded.isAfter(recordedAt);
        return new RunRow(folded, counts ? recorded : recordedAt);
    }
}
