package dev.battlestream.report.scale;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run was asked for, as far as its report tells it; prompts are in the digest only.
 *
 * @param digest SHA-256 over the specification in Avro's binary encoding, the run's and the
 *     battle's ids, times and client apart: 64 hexadecimal digits
 * @param agentId the agent that plays
 * @param model model reference of the agent; empty for the runner's default
 * @param messageLimit messages of the agent in one battle at most
 * @param runCount battles that are played
 * @param concurrency battles that run at once at most
 * @param variants the ways to play, taken in turn by the members; empty if all play alike
 * @param seed the seed of member 1, one more for each further; null for none
 * @param budgetUsd what the run may cost at most, in US dollars; null for no budget
 * @param timeout after which the run is ended
 * @param labels in the order of their names
 */
public record RunSpecification(
        String digest,
        String agentId,
        String model,
        int messageLimit,
        int runCount,
        int concurrency,
        List<RunVariant> variants,
        @Nullable Long seed,
        @Nullable BigDecimal budgetUsd,
        Duration timeout,
        Map<String, String> labels) {

    /**
     * A way to play.
     *
     * @param model model reference of the agent; empty for that of the battle
     */
    public record RunVariant(String name, String model) {}

    public RunSpecification {
        variants = List.copyOf(variants);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** The variant that a member plays; null if all play alike. */
    public @Nullable RunVariant variant(int index) {
        return variants.isEmpty() ? null : variants.get((index - 1) % variants.size());
    }
}
