package dev.battlestream.local.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A battle of the demonstration and how it must end.
 *
 * @param title what it shows
 * @param model the scripted model that plays
 * @param messageLimit the most messages the agent may send
 * @param endedReason how it must end
 * @param failureClass whose fault its error must be, null when it must not fail
 * @param messages how many messages it must have, null when that is a matter of time
 */
public record Scenario(
        String title,
        String model,
        int messageLimit,
        String endedReason,
        @Nullable String failureClass,
        @Nullable Integer messages) {

    /** Reaches its goal; shown live. */
    public static final Scenario GOAL =
            new Scenario("reaches its goal", "scripted:goal-at-4", 25, "goal", null, 4);

    /** Is canceled while it plays. */
    public static final Scenario CANCELED =
            new Scenario("is canceled", "scripted:slow", 25, "manual", null, null);

    /** The battles of the demonstration, the one shown live first, then those that take long. */
    public static final List<Scenario> ALL =
            List.of(
                    GOAL,
                    new Scenario("runs into its limit", "scripted:never", 25, "limit", null, 25),
                    CANCELED,
                    new Scenario(
                            "provider fails twice, recovers",
                            "scripted:flaky",
                            25,
                            "goal",
                            null,
                            4),
                    new Scenario(
                            "provider fails for good",
                            "scripted:broken",
                            25,
                            "error",
                            "provider",
                            0));

    /** The call that leads to no message: refused for good, or interrupted by the cancellation. */
    int callsWithoutMessage() {
        return failureClass != null || endedReason.equals("manual") ? 1 : 0;
    }
}
