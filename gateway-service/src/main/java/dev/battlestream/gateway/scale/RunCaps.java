package dev.battlestream.gateway.scale;

/**
 * What a scale run may ask for at most; the operator sets it. The runner enforces its own.
 *
 * @param maxRunCount battles of a run, 1 to 100,000
 * @param maxConcurrency battles of a run at the same time, 1 to 100,000
 */
public record RunCaps(int maxRunCount, int maxConcurrency) {

    /** With it the budgets of all battles of a run still fit into what is reserved of a day. */
    private static final int MOST = 100_000;

    public RunCaps {
        within("max-run-count", maxRunCount);
        within("max-concurrency", maxConcurrency);
    }

    private static void within(String setting, int value) {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException(
                    "battlestream.scale.%s must be 1 to %d, not %d"
                            .formatted(setting, MOST, value));
        }
    }
}
