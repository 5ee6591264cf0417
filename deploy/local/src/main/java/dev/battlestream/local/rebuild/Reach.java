package dev.battlestream.local.rebuild;

import dev.battlestream.local.report.Place;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the log still tells battles and runs whole whose requests it has: everything that came of
 * a request was written after it, on the same partition, so a topic that has lost its oldest
 * records must reach back at least as far as the requests do.
 */
public final class Reach {

    /** What is written of what is requested on the topic. */
    private static final Map<String, List<String>> FOLLOWING =
            Map.of(
                    "battle.requests",
                    List.of("battle.turns", "battle.verdicts", "battle.outcomes"),
                    "scale.requests",
                    List.of("scale.members", "scale.outcomes"));

    /** Stands for a partition without a record. */
    public static final long EMPTY = Long.MAX_VALUE;

    private Reach() {}

    /** Topics with requests. */
    public static List<String> requests() {
        return FOLLOWING.keySet().stream().sorted().toList();
    }

    /** Topics with what comes of them. */
    public static List<String> following() {
        return FOLLOWING.values().stream().flatMap(List::stream).sorted().toList();
    }

    /**
     * Why the log does not tell them whole; empty if it does.
     *
     * @param requested when the first record of each partition of requests was written, in
     *     milliseconds since 1970; {@link #EMPTY} without one
     * @param cut the same of the other topics' partitions, as far as they have lost records
     */
    public static Optional<String> missing(Map<Place, Long> requested, Map<Place, Long> cut) {
        return requested.entrySet().stream()
                .filter(at -> at.getValue() != EMPTY)
                .flatMap(at ->
                        FOLLOWING.getOrDefault(at.getKey().topic(), List.of()).stream()
                                .map(topic -> new Place(topic, at.getKey().partition()))
                                .filter(place -> cut.getOrDefault(place, 0L) > at.getValue())
                                .map(place -> reason(at.getKey(), at.getValue(), place, cut)))
                .min(Comparator.naturalOrder());
    }

    private static String reason(Place requests, long since, Place other, Map<Place, Long> cut) {
        long first = cut.getOrDefault(other, EMPTY);
        return "%s reaches back to %s on partition %d, but %s only to %s: what came of older requests is gone from the log"
                .formatted(
                        requests.topic(),
                        Instant.ofEpochMilli(since),
                        requests.partition(),
                        other.topic(),
                        first == EMPTY ? "now" : Instant.ofEpochMilli(first));
    }
}
