package dev.battlestream.local.scale;

import dev.battlestream.local.text.Figures;
import dev.battlestream.local.text.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Runs as a table for a person. */
public final class RunTable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final String UNKNOWN = "–";

    private RunTable() {}

    /**
     * The lines of the table.
     *
     * @param zone whose times are shown
     */
    public static List<String> lines(List<ListedRun> runs, ZoneId zone) {
        return new Table(
                        List.of("run", "requested", "state", "ended by", "goals", "took", "usd"),
                        runs.stream().map(run -> row(run, zone)).toList())
                .lines();
    }

    private static List<String> row(ListedRun run, ZoneId zone) {
        Instant requested = run.requestedAt();
        Instant started = run.startedAt();
        Instant ended = run.endedAt();
        return List.of(
                run.id(),
                requested == null ? UNKNOWN : TIME.format(requested.atZone(zone)),
                run.state(),
                run.endedReason() == null ? UNKNOWN : run.endedReason(),
                (run.goals() == null ? UNKNOWN : run.goals()) + " of " + run.total(),
                started == null || ended == null
                        ? UNKNOWN
                        : Figures.duration(Duration.between(started, ended)),
                run.costUsd() == null ? UNKNOWN : run.costUsd().toPlainString());
    }
}
