package dev.battlestream.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process is meant, on disk too: its id and when it started, because ids come round again.
 *
 * @param pid the operating system's process id
 * @param started when the process started, as the operating system says
 */
public record ProcessIdentity(long pid, Instant started) {

    /** The operating system counts from boot, so a corrected clock moves every start a little. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    /** The identity of a process that runs. */
    public static ProcessIdentity of(ProcessHandle handle) {
        return new ProcessIdentity(
                handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
    }

    /** The process, if it still runs and is the same one. */
    public Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> startedWith(of(handle)));
    }

    private boolean startedWith(ProcessIdentity other) {
        return Duration.between(started, other.started).abs().compareTo(CLOCK_STEP) <= 0;
    }
}
