package dev.battlestream.report.scale;

import org.jspecify.annotations.Nullable;

/**
 * The Wilson score interval of a proportion at 95 % confidence, without continuity correction. With
 * p = successes / trials, n = trials and z the 97.5 % quantile of the normal distribution:
 *
 * <pre>
 * (p + z²/2n ± z · √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
 * </pre>
 *
 * <p>It stays within 0 to 1 and says something sensible of few trials, and of none or all that
 * succeed, where the usual p ± z · √(p(1 − p)/n) does not.
 *
 * <p>Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
 * Journal of the American Statistical Association 22 (1927).
 *
 * @param low lower bound, 0 to 1
 * @param high upper bound, 0 to 1
 */
public record WilsonInterval(double low, double high) {

    /** How often such an interval holds the true proportion, in the long run. */
    public static final double CONFIDENCE = 0.95;

    private static final double Z = 1.959963984540054;

    /**
     * The interval of a proportion.
     *
     * @return null without trials
     */
    static @Nullable WilsonInterval of(int successes, int trials) {
        if (successes < 0 || successes > trials) {
            throw new IllegalArgumentException(successes + " of " + trials);
        }
        if (trials == 0) {
            return null;
        }
        double n = trials;
        double p = successes / n;
        double centre = p + Z * Z / (2 * n);
        double margin = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        double scale = 1 + Z * Z / n;
        // Exactly 0 and 1 at the edges, where rounding would leave a rest.
        return new WilsonInterval(
                successes == 0 ? 0 : (centre - margin) / scale,
                successes == trials ? 1 : (centre + margin) / scale);
    }
}
