package dev.battlestream.local.battles;

import org.jspecify.annotations.Nullable;

/**
 * What the judge said of a turn.
 *
 * @param verdict yes, no or uncertain
 * @param decidedBy the stage that decided
 * @param confidence 0 to 1
 * @param reason empty when none was given
 * @param progress how far the goal is reached in the judge's estimate, 0 to 1; null if unknown
 */
public record Verdict(
        int turn,
        String verdict,
        String decidedBy,
        double confidence,
        String reason,
        @Nullable Double progress) {}
