package dev.battlestream.report.scale;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Exact percentiles by the nearest-rank method: the p-th percentile of n values is the one at rank
 * ⌈p/100 · n⌉ in ascending order, counted from 1. It is always one of the values; nothing is
 * interpolated or sampled.
 */
final class Percentiles {

    private final long[] ascending;

    private Percentiles(long[] ascending) {
        this.ascending = ascending;
    }

    static Percentiles of(Collection<Long> values) {
        return new Percentiles(values.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    int count() {
        return ascending.length;
    }

    /**
     * The value that p percent of the values do not exceed.
     *
     * @param p from 1 to 100, whole, so that the rank is exact
     * @return null without values
     */
    @Nullable Long at(int p) {
        if (p < 1 || p > 100) {
            throw new IllegalArgumentException("no percentile: " + p);
        }
        if (ascending.length == 0) {
            return null;
        }
        return ascending[Math.toIntExact(Math.ceilDiv((long) p * ascending.length, 100L)) - 1];
    }

    /** The least value; null without values. */
    @Nullable Long least() {
        return ascending.length == 0 ? null : ascending[0];
    }
}
