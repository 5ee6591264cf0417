package dev.battlestream.report.scale;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A battle of a run.
 *
 * @param index its place in the run, from 1
 * @param launchedAt when it was launched, by the runner's clock
 * @param result null while it runs
 */
public record Member(
        int index, String battleId, Instant launchedAt, @Nullable MemberResult result) {}
