package dev.battlestream.effects;

import java.time.Duration;

/**
 * Keeps a newly assigned task from making calls whose results exist already.
 *
 * <p>After a crash the inputs since the last commit are read again, and what they asked for may be
 * on the result topic, only not yet read. So the gate opens when
 *
 * <ol>
 *   <li>the task has read its partition of the result topic up to the end it had at assignment:
 *       either a record just below that end was seen, or the group has committed up to it, which
 *       also covers records that no processor ever sees (undecodable ones, transaction markers);
 *   <li>and, if anything was pending or unread at assignment, the hand-over grace is over, in which
 *       the previous owner's last results may still come in.
 * </ol>
 *
 * A gate that sees no progress for its patience opens all the same: a call paid twice is better
 * than an aggregate that stands still. Pure: time and offsets are arguments; milliseconds of any
 * one clock.
 */
final class Gate {

    private static final long UNKNOWN = -1;

    private final boolean recovered;
    private final long assignedAt;
    private final long graceOver;
    private final long patience;

    private long goal = UNKNOWN;
    private long next = UNKNOWN;
    private long progressAt;
    private boolean graceApplies = true;
    private boolean open;
    private boolean forced;

    /**
     * @param recovered whether anything was pending in the store at assignment
     */
    Gate(boolean recovered, EffectSettings settings, long now) {
        this.recovered = recovered;
        this.assignedAt = now;
        this.graceOver = now + millis(settings.handoverGrace());
        this.patience = millis(settings.gatePatience());
        this.progressAt = now;
    }

    private static long millis(Duration duration) {
        return duration.toMillis();
    }

    /** The brokers have answered; the first answer sets the goal. */
    void answered(ResultLog.Position position, long now) {
        if (goal == UNKNOWN) {
            goal = position.end();
            graceApplies = recovered || position.next() < goal;
            progressAt = now;
        }
        reached(position.next(), now);
    }

    /** The task is processing the result record with this offset. */
    void observed(long offset, long now) {
        reached(offset + 1, now);
    }

    private void reached(long offset, long now) {
        if (offset > next) {
            next = offset;
            progressAt = now;
        }
    }

    /** Whether the end of the log at assignment has been read. */
    boolean isCaughtUp() {
        return goal != UNKNOWN && next >= goal;
    }

    /** Once open, it stays open. */
    boolean isOpen(long now) {
        if (!open) {
            boolean safe = isCaughtUp() && (!graceApplies || now >= graceOver);
            forced = !safe && now - progressAt >= patience && now >= graceOver;
            open = safe || forced;
        }
        return open;
    }

    /** Whether it was opened by impatience. */
    boolean wasForced() {
        return forced;
    }

    long waited(long now) {
        return now - assignedAt;
    }

    @Override
    public String toString() {
        return "gate[next=" + next + ", goal=" + goal + ", open=" + open + "]";
    }
}
