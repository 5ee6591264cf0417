package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.adapter.PastRuns;
import dev.battlestream.report.scale.adapter.RunReads;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads scale runs from the archive. */
final class ArchivedRuns implements PastRuns {

    private final ArchiveTables tables;

    ArchivedRuns(ArchiveTables tables) {
        this.tables = tables;
    }

    @Override
    public RunReads of(String runId) {
        UUID id = UUID.fromString(runId);
        return new RunReads() {

            @Override
            public @Nullable Run run() {
                return Lists.<@Nullable Run>answer(() -> tables.runs().run(id));
            }

            @Override
            public List<Member> members() {
                return Lists.answer(() -> tables.members().of(id));
            }
        };
    }
}
