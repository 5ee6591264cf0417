package dev.battlestream.runner.battle;

import java.util.Optional;

/**
 * How the judge's estimate of progress has developed. A battle begins with nothing reached, so the
 * best before the first estimate is 0. A turn without an estimate says nothing: it neither counts
 * nor breaks a row, so that a judge that never estimates ends no battle.
 *
 * @param best the highest estimate that was an improvement, 0 to 1
 * @param stale estimates since then, none of which was an improvement
 */
public record Improvement(double best, int stale) {

    public static final Improvement NONE = new Improvement(0, 0);

    /** An estimate has to be more than this above the best before; anything less is its noise. */
    public static final double LEAST = 0.02;

    Improvement judged(Optional<Double> estimate) {
        return estimate.map(progress ->
                        progress - best > LEAST
                                ? new Improvement(progress, 0)
                                : new Improvement(best, stale + 1))
                .orElse(this);
    }

    /** Whether so many estimates have passed without an improvement. */
    boolean isPlateau(int turns) {
        return stale >= turns;
    }
}
