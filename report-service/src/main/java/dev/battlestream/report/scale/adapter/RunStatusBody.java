package dev.battlestream.report.scale.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.battlestream.report.battle.adapter.FailureBody;
import dev.battlestream.report.battle.adapter.Spelling;
import dev.battlestream.report.scale.RunStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The status of a run as JSON. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunStatusBody(
        String runId,
        String state,
        double progress,
        int completed,
        int total,
        int running,
        int launched,
        Map<String, Integer> counts,
        String costUsd,
        @Nullable String unsettledUsd,
        @Nullable Long etaSeconds,
        @Nullable String endedReason,
        @Nullable FailureBody failure,
        @Nullable Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long lastPlace) {

    static RunStatusBody of(RunStatus status) {
        return new RunStatusBody(
                status.runId(),
                Spelling.name(status.state()),
                status.progress(),
                status.completed(),
                status.total(),
                status.running(),
                status.launched(),
                CountsBody.of(status.counts()),
                Spelling.money(status.costUsd()),
                Spelling.moneyOrNull(status.unsettledUsd()),
                status.etaSeconds(),
                status.endedReason() == null ? null : Spelling.name(status.endedReason()),
                FailureBody.orNull(status.failure()),
                status.requestedAt(),
                status.startedAt(),
                status.endedAt(),
                status.lastPlace());
    }
}
