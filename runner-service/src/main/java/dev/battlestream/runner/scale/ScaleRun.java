package dev.battlestream.runner.scale;

import java.time.Instant;

/**
 * The state of a run.
 *
 * <pre>
 * Unrequested ──request──▶ Running ──cancel, deadline──▶ Stopping
 *      │                      │                             │
 *      └──refused─────────────┴──── no member runs ─────────┴──▶ Ended
 * </pre>
 */
public sealed interface ScaleRun {

    /** Nothing is known of the run. */
    ScaleRun UNKNOWN = new Unrequested(false);

    /**
     * Nobody has asked for it yet.
     *
     * @param cancelled whether its end was asked for all the same: requests and cancellations are
     *     not ordered among each other
     */
    record Unrequested(boolean cancelled) implements ScaleRun {}

    /** Members are launched as others end. */
    record Running(RunTerms terms, RunProgress progress) implements ScaleRun {}

    /**
     * No member is launched any more; those that run have been cancelled.
     *
     * @param reason why
     */
    record Stopping(RunTerms terms, RunProgress progress, RunEndReason reason)
            implements ScaleRun {}

    /** It is over; nothing but this is remembered. */
    record Ended(Instant at) implements ScaleRun {}
}
