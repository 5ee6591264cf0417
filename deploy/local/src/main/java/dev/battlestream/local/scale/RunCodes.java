package dev.battlestream.local.scale;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The exit codes of a command that starts a run; builds rely on them. */
public final class RunCodes {

    /** Enough battles reached their goal; or the run was started and nobody waited for it. */
    public static final int REACHED = 0;

    /** Nothing can be said: bad input, refused, the run failed, or nothing answers. */
    public static final int FAILED = 1;

    /** The run ended, and too few battles reached their goal. */
    public static final int BELOW = 100;

    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    private RunCodes() {}

    /**
     * Of a run that has ended. A battle that was asked for and never played has not reached its
     * goal.
     *
     * @param minSuccess the least percentage of all battles that must reach their goal; null: all
     */
    public static int of(RunStatus ended, @Nullable BigDecimal minSuccess) {
        if (ended.state().equals("failed") || ended.total() < 1) {
            return FAILED;
        }
        BigDecimal reached = BigDecimal.valueOf(ended.goals()).multiply(ALL);
        BigDecimal wanted =
                (minSuccess == null ? ALL : minSuccess).multiply(BigDecimal.valueOf(ended.total()));
        return reached.compareTo(wanted) >= 0 ? REACHED : BELOW;
    }
}
