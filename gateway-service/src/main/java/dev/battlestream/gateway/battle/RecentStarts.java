package dev.battlestream.gateway.battle;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The battles that this gateway accepted lately. It bridges the moment until the report service has
 * seen them, and knows a repeated start from a new one. Bounded in number and age, and private to
 * one process: a table of jobs will take its place where several gateways must agree.
 */
public final class RecentStarts {

    /** What a start finds here. */
    public enum Claim {
        /** Nobody started this battle here; it is reserved now, until accepted or released. */
        FRESH,
        /** The same request is on its way to the log at this moment. */
        UNDER_WAY,
        /** The same request was accepted. */
        SAME,
        /** Another request has this id. */
        DIFFERENT
    }

    private record Start(String fingerprint, Instant claimedAt, boolean accepted) {}

    private final int most;
    private final Duration longest;
    private final Map<UUID, Start> starts = new LinkedHashMap<>();

    /**
     * Sets the limits.
     *
     * @param most starts that are remembered, at least 1; the oldest are forgotten first
     * @param longest how long a start is remembered
     */
    public RecentStarts(int most, Duration longest) {
        if (most < 1 || !longest.isPositive()) {
            throw new IllegalArgumentException("the memory of starts must have room and time");
        }
        this.most = most;
        this.longest = longest;
    }

    /**
     * Reserves a battle id.
     *
     * @param fingerprint the same for the same request, and for no other
     */
    public synchronized Claim claim(UUID battleId, String fingerprint, Instant now) {
        forget(now);
        Start known = starts.get(battleId);
        if (known == null) {
            starts.put(battleId, new Start(fingerprint, now, false));
            return Claim.FRESH;
        }
        if (!known.fingerprint().equals(fingerprint)) {
            return Claim.DIFFERENT;
        }
        return known.accepted() ? Claim.SAME : Claim.UNDER_WAY;
    }

    /** The log has the request. */
    public synchronized void accepted(UUID battleId) {
        starts.computeIfPresent(
                battleId, (_, start) -> new Start(start.fingerprint(), start.claimedAt(), true));
    }

    /** The request did not reach the log as far as is known: the next one may try. */
    public synchronized void release(UUID battleId) {
        starts.computeIfPresent(battleId, (_, start) -> start.accepted() ? start : null);
    }

    /** When a battle was accepted here, if that was lately. */
    public synchronized Optional<Instant> acceptedAt(UUID battleId, Instant now) {
        forget(now);
        return Optional.ofNullable(starts.get(battleId))
                .filter(Start::accepted)
                .map(Start::claimedAt);
    }

    private void forget(Instant now) {
        Instant oldest = now.minus(longest);
        var first = starts.values().iterator();
        // In the order of their claims, so the first that is young enough ends the search.
        while (first.hasNext()
                && (first.next().claimedAt().isBefore(oldest) || starts.size() >= most)) {
            first.remove();
        }
    }
}
