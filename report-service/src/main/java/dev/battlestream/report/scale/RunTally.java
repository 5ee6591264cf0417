package dev.battlestream.report.scale;

import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Spent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What status and report both tell of a run.
 *
 * @param ended its members that have ended, by index
 * @param total battles that it was asked for; while that is unknown, those that were launched
 * @param launched battles that were launched
 * @param running those of them that have not ended
 * @param counts ended members by reason; every known reason, in the order of the reasons
 * @param startedAt of the first launch, else by the outcome; null before either
 */
record RunTally(
        RunState state,
        List<MemberResult> ended,
        int total,
        int launched,
        int running,
        Map<EndReason, Integer> counts,
        BigDecimal costUsd,
        @Nullable BigDecimal unsettledUsd,
        @Nullable Instant startedAt) {

    /** Of the members that can be the run's own. */
    static RunTally of(Run run, Collection<Member> all) {
        List<Member> members = run.own(all);
        RunEnding ending = run.ending();
        List<MemberResult> ended =
                members.stream()
                        .sorted(Comparator.comparingInt(Member::index))
                        .map(Member::result)
                        .filter(Objects::nonNull)
                        .toList();
        int launched = Math.max(members.size(), ending == null ? 0 : ending.launched());
        return new RunTally(
                state(ending, members),
                ended,
                total(run.specification(), launched),
                launched,
                ending == null ? launched - ended.size() : 0,
                counts(ended),
                cost(ended),
                unsettled(ended),
                startedAt(ending, members));
    }

    int completed() {
        return ended.size();
    }

    /** Cost of some members. */
    static BigDecimal cost(Collection<MemberResult> ended) {
        return ended.stream()
                .map(result -> result.used().total())
                .reduce(Spent.NOTHING, Spent::plus)
                .costUsd();
    }

    private static RunState state(@Nullable RunEnding ending, Collection<Member> members) {
        if (ending != null) {
            return ending.reason().state();
        }
        return members.isEmpty() ? RunState.QUEUED : RunState.RUNNING;
    }

    private static int total(@Nullable RunSpecification specification, int launched) {
        return specification == null ? launched : specification.runCount();
    }

    private static Map<EndReason, Integer> counts(List<MemberResult> ended) {
        Map<EndReason, Integer> counts = new EnumMap<>(EndReason.class);
        for (EndReason reason : EndReason.values()) {
            counts.put(reason, 0);
        }
        ended.forEach(result -> counts.merge(result.reason(), 1, Integer::sum));
        // An unknown reason has no count of its own; it is one of the completed.
        counts.remove(EndReason.UNKNOWN);
        return Collections.unmodifiableMap(counts);
    }

    private static @Nullable BigDecimal unsettled(List<MemberResult> ended) {
        return ended.stream()
                .map(MemberResult::unsettledUsd)
                .filter(Objects::nonNull)
                .reduce(BigDecimal::add)
                .map(Spent::money)
                .orElse(null);
    }

    private static @Nullable Instant startedAt(
            @Nullable RunEnding ending, Collection<Member> members) {
        return members.stream()
                .map(Member::launchedAt)
                .min(Comparator.naturalOrder())
                .orElse(ending == null ? null : ending.startedAt());
    }
}
