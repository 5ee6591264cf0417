package dev.battlestream.local.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures of a run's report by their published formulas. */
final class RunFigures {

    static final double CONFIDENCE = 0.95;

    private static final double Z = 1.959963984540054;

    private RunFigures() {}

    /**
     * The value at rank ⌈p/100 · n⌉ in ascending order, counted from 1; the least for p = 0.
     *
     * @return null without values
     */
    static @Nullable Long percentile(List<Long> values, int p) {
        if (values.isEmpty()) {
            return null;
        }
        long rank = Math.max(1, Math.ceilDiv((long) p * values.size(), 100L));
        return values.stream().sorted().skip(rank - 1).findFirst().orElseThrow();
    }

    /**
     * A share with its Wilson score interval at 95 % (E. B. Wilson, 1927): with p = goals / n, (p +
     * z²/2n ± z · √(p(1 − p)/n + z²/4n²)) / (1 + z²/n).
     */
    static Fields rate(int goals, int completed) {
        Fields.Builder fields =
                new Fields.Builder().number("goals", goals).number("completed", completed);
        if (completed > 0) {
            double n = completed;
            double p = goals / n;
            double centre = p + Z * Z / (2 * n);
            double margin = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
            double scale = 1 + Z * Z / n;
            fields.share("value", p)
                    .share("low", goals == 0 ? 0 : (centre - margin) / scale)
                    .share("high", goals == completed ? 1 : (centre + margin) / scale);
        }
        return fields.build();
    }
}
