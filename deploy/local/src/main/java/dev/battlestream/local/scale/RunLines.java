package dev.battlestream.local.scale;

import dev.battlestream.local.text.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A run as lines for people. */
public final class RunLines {

    private static final int WIDTH = 90;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private RunLines() {}

    /** Such as {@code 3 of 10 ended, 2 running: goal 2, limit 1; about 12 s left}. */
    public static String progress(RunStatus status) {
        return "%d of %d ended, %s".formatted(status.completed(), status.total(), moving(status));
    }

    /** The same without the number of those that ended, for who stands beside a bar. */
    public static String moving(RunStatus status) {
        String line = status.running() + " running";
        if (!status.counts().isEmpty()) {
            line += ": " + counts(status);
        }
        Duration left = status.timeLeft();
        if (left != null && left.isPositive()) {
            // It comes in whole seconds, and is not better than that.
            line +=
                    left.compareTo(MINUTE) < 0
                            ? "; about %d s left".formatted(left.toSeconds())
                            : "; about %s left".formatted(Figures.duration(left));
        }
        return line;
    }

    /** How a run is doing, or how it ended. */
    public static String of(RunStatus status) {
        if (!status.hasEnded()) {
            return "%s: %s, %s USD"
                    .formatted(status.state(), progress(status), status.costUsd().toPlainString());
        }
        List<String> parts = new ArrayList<>();
        parts.add(
                "%s, reason %s: %d of %d reached the goal"
                        .formatted(
                                status.state(),
                                status.endedReason(),
                                status.goals(),
                                status.total()));
        if (!status.counts().isEmpty()) {
            parts.add(counts(status));
        }
        parts.add(status.costUsd().toPlainString() + " USD");
        if (status.failureClass() != null) {
            parts.add(
                    "failure of class "
                            + status.failureClass()
                            + (status.failureDetail() == null
                                    ? ""
                                    : ": " + Figures.oneLine(status.failureDetail(), WIDTH)));
        }
        return String.join("; ", parts);
    }

    private static String counts(RunStatus status) {
        return status.counts().entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }
}
