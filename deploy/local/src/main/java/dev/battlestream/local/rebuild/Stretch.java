package dev.battlestream.local.rebuild;

import dev.battlestream.local.report.Place;
import java.util.Map;

/**
 * The part of the log that is to be folded.
 *
 * @param spans by partition
 */
public record Stretch(Map<Place, Span> spans) {

    /**
     * A part of a partition.
     *
     * @param from offset of the first record
     * @param to offset behind the last record; what transactions write behind it does not count
     */
    public record Span(long from, long to) {

        public Span {
            if (from < 0 || to < from) {
                throw new IllegalArgumentException("no span: " + from + " to " + to);
            }
        }

        private long folded(long readTo) {
            return Math.clamp(readTo, from, to) - from;
        }
    }

    public Stretch {
        spans = Map.copyOf(spans);
    }

    /** Offsets in all; a transaction takes one or more beside its records. */
    public long total() {
        return spans.values().stream().mapToLong(span -> span.to() - span.from()).sum();
    }

    /**
     * Offsets of it that have been folded.
     *
     * @param readTo offset of the next record to be read; a partition that is missing is unread
     */
    public long folded(Map<Place, Long> readTo) {
        return spans.entrySet().stream()
                .mapToLong(at -> at.getValue().folded(readTo.getOrDefault(at.getKey(), 0L)))
                .sum();
    }

    /** Whether all of it has been folded. */
    public boolean isFolded(Map<Place, Long> readTo) {
        return folded(readTo) == total();
    }
}
