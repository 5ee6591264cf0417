package dev.battlestream.report.battle.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.Ending;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The status of a battle as JSON; without goal and prompts. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusBody(
        String jobId,
        String battleId,
        String conversationId,
        String state,
        double progress,
        int turn,
        int messageCount,
        int lastSeq,
        Instant lastActivityAt,
        @Nullable String endedReason,
        @Nullable FailureBody failure,
        @Nullable String nextCallUsd,
        @Nullable String unsettledUsd,
        UsageBody usage,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String runId,
        @Nullable String model,
        @Nullable String agentId,
        boolean complete) {

    static StatusBody of(BattleStatus status) {
        Ending ending = status.ending();
        BattleEvent.Requested request = status.request();
        return new StatusBody(
                status.battleId(),
                status.battleId(),
                status.battleId(),
                Spelling.name(status.state()),
                status.progress(),
                status.turn(),
                status.messageCount(),
                status.seen().messages(),
                status.times().lastActivityAt(),
                ending == null ? null : Spelling.name(ending.reason()),
                FailureBody.orNull(ending == null ? null : ending.failure()),
                ending == null ? null : Spelling.moneyOrNull(ending.nextCallUsd()),
                ending == null ? null : Spelling.moneyOrNull(ending.unsettledUsd()),
                UsageBody.of(status.used()),
                status.times().startedAt(),
                ending == null ? null : ending.endedAt(),
                status.runId(),
                status.playingModel(),
                request == null ? null : request.agentId(),
                status.complete());
    }
}
