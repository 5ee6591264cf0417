package dev.battlestream.local.battles;

/**
 * What the judge said of a turn.
 *
 * @param verdict yes, no or uncertain
 * @param decidedBy the stage that decided
 * @param confidence 0 to 1
 * @param reason empty when none was given
 */
public record Verdict(
        int turn, String verdict, String decidedBy, double confidence, String reason) {}
