package dev.battlestream.report.scale;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a run beside its members. Its topics are not ordered among each other, so each
 * part may be missing for a while; the first record of each counts.
 *
 * @param requestedAt when it was asked, by the requester's clock; null until the request is seen
 * @param specification null until the request is seen
 * @param ending null until the outcome is seen
 * @param asOf up to where each topic was folded, by the last record of this run; by topic name
 */
public record Run(
        String runId,
        @Nullable Instant requestedAt,
        @Nullable RunSpecification specification,
        @Nullable RunEnding ending,
        List<AsOf> asOf) {

    /**
     * Up to where a topic was folded.
     *
     * @param offset the one after the last record of the run that was folded
     */
    public record AsOf(String topic, int partition, long offset) {}

    public Run {
        asOf = asOf.stream().sorted(Comparator.comparing(AsOf::topic)).toList();
    }

    /**
     * Those of the members that can be its own. Anyone may write to its topics, also of members
     * beyond those that it was asked for, or that it says it has launched.
     */
    public List<Member> own(Collection<Member> members) {
        int most =
                Math.min(
                        specification == null ? Integer.MAX_VALUE : specification.runCount(),
                        ending == null ? Integer.MAX_VALUE : ending.launched());
        return members.stream().filter(member -> member.index() <= most).toList();
    }

    /** A run of which nothing is known but a member. */
    public static Run unknown(String runId) {
        return new Run(runId, null, null, null, List.of());
    }
}
