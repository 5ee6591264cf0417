package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.adapter.OutageException;
import dev.battlestream.report.battle.adapter.Source;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds a run where it is: in the view, and when it has left it in the archive. */
final class Runs {

    /**
     * A run that was found.
     *
     * @param run read before its members: what it says has ended has its members in place
     */
    record Found(Run run, List<Member> members) {

        private static @Nullable Found in(RunReads reads) {
            Run run = reads.run();
            return run == null ? null : new Found(run, reads.members());
        }

        RunReport report() {
            return RunReport.of(run, members);
        }
    }

    private final RunViews views;
    private final PastRuns past;

    Runs(RunViews views, PastRuns past) {
        this.views = views;
        this.past = past;
    }

    /**
     * Finds a run.
     *
     * @throws dev.battlestream.report.battle.adapter.RefusedException if it is unknown there
     * @throws dev.battlestream.report.battle.adapter.ViewUnavailableException if the view is asked
     *     and not ready
     * @throws OutageException if the archive is asked and away
     */
    Found find(String runId, Source source) {
        Found found = source == Source.ARCHIVE ? null : Found.in(views.of(runId));
        if (found == null && source != Source.VIEWS) {
            found = Found.in(past.of(runId));
        }
        if (found == null) {
            throw RunFollowing.unknown();
        }
        return found;
    }

    /**
     * A run that is over and lies in the archive only; null for all others, and while the archive
     * is away: who follows a run never waits for it.
     */
    @Nullable RunReads onlyPast(String runId) {
        if (views.of(runId).run() != null) {
            return null;
        }
        try {
            RunReads reads = past.of(runId);
            Found found = Found.in(reads);
            return found != null && found.report().complete() ? reads : null;
        } catch (OutageException _) {
            return null;
        }
    }
}
