package dev.battlestream.local.scale;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A battle of a run.
 *
 * @param index its place, from 1
 * @param variant what it played, null where nothing is compared
 * @param reason why it ended, null while it runs
 * @param failureClass whose fault an error was, null without one
 * @param turns of the agent, null while it runs
 * @param duration from start to end, null while it runs
 */
public record RunMember(
        int index,
        String battleId,
        @Nullable String variant,
        @Nullable String reason,
        @Nullable String failureClass,
        @Nullable Integer turns,
        @Nullable Duration duration) {}
