package dev.battlestream.local.platform;

import java.time.Instant;

/** How a component stands. */
public sealed interface Standing {

    /** One word for people. */
    default String word() {
        return switch (this) {
            case Ready _ -> "ready";
            case Starting _ -> "starting";
            case Dead _ -> "dead";
            case Stopped _ -> "stopped";
        };
    }

    /** Whether its process runs; a busy one may not answer just now. */
    default boolean runs() {
        return switch (this) {
            case Ready _, Starting _ -> true;
            case Dead _, Stopped _ -> false;
        };
    }

    /** It answers. */
    record Ready(long pid, Instant since, long memoryBytes) implements Standing {}

    /** It runs and does not answer yet, or no longer. */
    record Starting(long pid, Instant since, long memoryBytes) implements Standing {}

    /** It was started, not stopped, and is gone. */
    record Dead(long pid) implements Standing {}

    /** It was not started, or was stopped. */
    record Stopped() implements Standing {}
}
