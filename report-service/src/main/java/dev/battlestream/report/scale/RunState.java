package dev.battlestream.report.scale;

/**
 * Where a run stands, as its readers are told. QUEUED until its first member is seen; RUNNING until
 * its outcome is; never back.
 */
public enum RunState {
    /** Asked for; no member has been launched yet. */
    QUEUED,
    /** Members have been launched. */
    RUNNING,
    /** All members have ended, or the budget had no room for more. */
    COMPLETED,
    /** It was refused; the status says why. */
    FAILED,
    /** Somebody ended it. */
    CANCELED,
    /** Time ended it. */
    TIMEOUT
}
