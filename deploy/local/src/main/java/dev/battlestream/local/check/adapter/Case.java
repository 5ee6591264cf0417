package dev.battlestream.local.check.adapter;

import dev.battlestream.local.check.Mismatch;
import dev.battlestream.local.report.adapter.ReportService.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A battle or run of which the log has told all. */
interface Case {

    String id();

    /** When its outcome was recorded; what is older than the view's retention may have left it. */
    Instant recordedAt();

    /** Whether the source can have it: the archive keeps only what has a UUID for an id. */
    boolean isFor(Source source);

    /** Where a source says something else; empty if it does not know it. */
    Optional<List<Mismatch>> against(Source source);
}
