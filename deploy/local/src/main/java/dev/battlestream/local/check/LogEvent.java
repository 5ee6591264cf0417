package dev.battlestream.local.check;

import org.jspecify.annotations.Nullable;

/** What a record of the log says of a battle. */
public sealed interface LogEvent {

    /**
     * Somebody asked for it.
     *
     * @param model empty for the runner's default
     * @param runId the scale run that it belongs to; null for none
     */
    record Asked(String agentId, String model, @Nullable String runId) implements LogEvent {}

    /**
     * A message was played, or a turn failed and takes its place.
     *
     * @param seq its place among all messages, from 1
     * @param row what its readers are shown of it
     */
    record Played(int seq, boolean failed, String model, Fields row) implements LogEvent {}

    /**
     * A turn was judged.
     *
     * @param row what its readers are shown of it
     */
    record Judged(int turn, Fields row) implements LogEvent {}

    /**
     * It ended.
     *
     * @param messageCount messages that belong to it
     * @param verdictCount verdicts that belong to it
     * @param runId the scale run that it belongs to; null for none
     * @param figures what the outcome alone says of its status
     */
    record Ended(int messageCount, int verdictCount, @Nullable String runId, Fields figures)
            implements LogEvent {}
}
