package dev.battlestream.local.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a run that has ended, as far as a CI server wants to know it.
 *
 * @param state completed, failed, canceled or timeout
 * @param endedReason empty if it is not known
 * @param failureClass whose fault it was that the run failed, null if it did not
 * @param failureDetail a sentence about it, null without one
 * @param total battles that were asked for
 * @param members battles that were launched, by index
 * @param startedAt null for a run of which nothing was launched
 */
public record RunReport(
        String id,
        String state,
        String endedReason,
        @Nullable String failureClass,
        @Nullable String failureDetail,
        int total,
        List<RunMember> members,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    public RunReport {
        members = List.copyOf(members);
    }

    /** How long it took; zero if that is not known. */
    public Duration duration() {
        return startedAt == null || endedAt == null
                ? Duration.ZERO
                : Duration.between(startedAt, endedAt);
    }
}
