package dev.battlestream.report.battle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that the log says about one battle. */
public sealed interface BattleEvent {

    /**
     * Somebody asked for the battle; without its prompts.
     *
     * @param requestedAt when, by the requester's clock
     * @param agentId the agent that plays
     * @param model model reference of the agent; empty for the runner's default
     * @param messageLimit at most this many messages of the agent; unchecked, anyone may write
     * @param runId the scale run that it belongs to; null for none
     */
    record Requested(
            Instant requestedAt,
            String agentId,
            String model,
            int messageLimit,
            @Nullable String runId)
            implements BattleEvent {}

    /** A message was played, or a turn failed. */
    record Played(Message message) implements BattleEvent {}

    /** A turn was judged. */
    record Judged(Verdict verdict) implements BattleEvent {}

    /**
     * The battle ended.
     *
     * @param ending how
     * @param used what each role has used over the messages and verdicts that count
     */
    record Ended(Ending ending, Used used) implements BattleEvent {}

    /**
     * Somebody wants the battle forgotten.
     *
     * @param requestedAt when, by the asker's clock
     */
    record Deleted(Instant requestedAt) implements BattleEvent {}
}
