package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.gateway.stream.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What stands between the thread that reads a run's events and the one that writes them to a
 * viewer: a few events. A reader waits while there is no room, so that a slow viewer slows down
 * what is sent to it and fills no memory.
 *
 * <pre>
 * OPENING ──▶ OPEN ──▶ ENDED
 *    │
 *    ├──▶ UNKNOWN
 *    └──▶ CLOSED
 * </pre>
 */
final class RunRelay {

    /** How it stands. */
    enum Phase {
        /** Whether there is such a run is not known yet. */
        OPENING,
        /** Events come. */
        OPEN,
        /** No more events come. */
        ENDED,
        /** There is no such run. */
        UNKNOWN,
        /** It was ended before the first event could come. */
        CLOSED
    }

    private static final int ROOM = 64;

    private final List<Frame> frames = new ArrayList<>();
    private Phase phase = Phase.OPENING;

    /** The run is known; events follow. */
    synchronized void opened() {
        if (phase == Phase.OPENING) {
            phase = Phase.OPEN;
            notifyAll();
        }
    }

    /** Nobody knows the run, or not any more. */
    synchronized void unknown() {
        end(Phase.UNKNOWN);
    }

    /** No more events; those that are here are still handed out. */
    synchronized void end() {
        end(Phase.CLOSED);
    }

    private void end(Phase beforeTheFirst) {
        switch (phase) {
            case OPENING -> phase = beforeTheFirst;
            case OPEN -> phase = Phase.ENDED;
            case ENDED, UNKNOWN, CLOSED -> {}
        }
        notifyAll();
    }

    /** Whether events are still wanted. */
    synchronized boolean wants() {
        return switch (phase) {
            case OPENING, OPEN -> true;
            case ENDED, UNKNOWN, CLOSED -> false;
        };
    }

    /**
     * Puts an event in, once there is room.
     *
     * @return whether more are wanted
     */
    synchronized boolean put(Frame frame) throws InterruptedException {
        while (wants() && frames.size() >= ROOM) {
            wait();
        }
        if (wants()) {
            frames.add(frame);
            notifyAll();
        }
        return wants();
    }

    /** The events that are here, or come in time; none if it is over or nothing comes. */
    synchronized List<Frame> take(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (frames.isEmpty() && wants() && untilPassed(deadline)) {}
        List<Frame> taken = List.copyOf(frames);
        frames.clear();
        notifyAll();
        return taken;
    }

    /** Whether nothing is left and nothing comes. */
    synchronized boolean isOver() {
        return frames.isEmpty() && !wants();
    }

    /** Waits until it is open, over or the time has passed. */
    synchronized Phase awaitOpen(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (phase == Phase.OPENING && untilPassed(deadline)) {}
        return phase;
    }

    /** Waits for a change; false when the deadline has passed. */
    @SuppressWarnings("WaitNotInLoop") // both callers loop over their condition
    private boolean untilPassed(long deadline) throws InterruptedException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
        return true;
    }
}
