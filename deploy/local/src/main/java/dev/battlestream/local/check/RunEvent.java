package dev.battlestream.local.check;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a record of the log says of a scale run. */
public sealed interface RunEvent {

    /**
     * Somebody asked for it.
     *
     * @param runCount battles that are played
     * @param variants taken in turn by the members; empty if all play alike
     * @param specification what its readers are shown of it, its digest apart
     */
    record Asked(int runCount, String model, List<Variant> variants, Fields specification)
            implements RunEvent {

        public Asked {
            variants = List.copyOf(variants);
        }
    }

    /**
     * A way to play.
     *
     * @param model empty for that of the battle
     */
    record Variant(String name, String model) {}

    /**
     * A member was launched.
     *
     * @param index its place in the run, from 1
     */
    record Launched(int index, String battleId, Instant at) implements RunEvent {}

    /** A member ended. */
    record MemberEnded(int index, String battleId, Result result) implements RunEvent {}

    /**
     * How a member ended.
     *
     * @param failureClass whose fault it was; null when nothing failed
     * @param strong the part of the judge's that the strong one has used; null where unknown
     * @param latenciesMs of its turns
     */
    record Result(
            String reason,
            @Nullable String failureClass,
            int turns,
            Spend agent,
            Spend opponent,
            Spend judge,
            @Nullable Spend strong,
            @Nullable BigDecimal unsettledUsd,
            List<Long> latenciesMs,
            Instant startedAt,
            Instant endedAt) {

        public Result {
            latenciesMs = List.copyOf(latenciesMs);
        }

        Spend total() {
            return agent.plus(opponent).plus(judge);
        }

        long durationMs() {
            return Math.max(0, Duration.between(startedAt, endedAt).toMillis());
        }
    }

    /**
     * It ended.
     *
     * @param launched members that were launched
     * @param figures what the outcome alone says of its report
     */
    record Ended(int launched, Instant startedAt, Fields figures) implements RunEvent {}
}
