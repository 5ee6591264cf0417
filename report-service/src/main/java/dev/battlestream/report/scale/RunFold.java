package dev.battlestream.report.scale;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a run and of its members with an event. The first event of each part counts, and
 * each part comes of its own event alone: so the topics may come in any order, and one record any
 * number of times.
 */
public final class RunFold {

    private RunFold() {}

    /** The run with an event; null if an earlier one counts. */
    public static @Nullable Run with(Run run, RunEvent.OfRun event) {
        return switch (event) {
            case RunEvent.Requested requested ->
                    run.specification() == null
                            ? new Run(
                                    run.runId(),
                                    requested.requestedAt(),
                                    requested.specification(),
                                    run.ending(),
                                    run.asOf())
                            : null;
            case RunEvent.Ended ended ->
                    run.ending() == null
                            ? new Run(
                                    run.runId(),
                                    run.requestedAt(),
                                    run.specification(),
                                    ended.ending(),
                                    run.asOf())
                            : null;
        };
    }

    /**
     * The member with an event; null if an earlier one counts. A launch stands before the end on
     * the log, so one that has not been seen by then has been deleted there: the time at which the
     * runner accepted the battle stands in for it.
     *
     * @param member null while nothing is known of it
     */
    public static @Nullable Member with(@Nullable Member member, RunEvent.OfMember event) {
        return switch (event) {
            case RunEvent.Launched launched ->
                    member == null
                            ? new Member(launched.index(), launched.battleId(), launched.at(), null)
                            : null;
            case RunEvent.MemberEnded ended -> {
                if (member == null) {
                    yield new Member(
                            ended.index(),
                            ended.battleId(),
                            ended.result().startedAt(),
                            ended.result());
                }
                yield member.result() == null
                        ? new Member(
                                member.index(),
                                member.battleId(),
                                member.launchedAt(),
                                ended.result())
                        : null;
            }
        };
    }

    /** The run that has been read up to there. A topic that is read again does not fall back. */
    public static Run readTo(Run run, Run.AsOf at) {
        List<Run.AsOf> asOf = new ArrayList<>();
        Run.AsOf furthest = at;
        for (Run.AsOf known : run.asOf()) {
            if (!known.topic().equals(at.topic())) {
                asOf.add(known);
            } else if (known.offset() > at.offset()) {
                furthest = known;
            }
        }
        asOf.add(furthest);
        return new Run(run.runId(), run.requestedAt(), run.specification(), run.ending(), asOf);
    }
}
