package dev.battlestream.report.battle.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.Ending;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Used;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
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
        UsageBody usage,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String runId,
        @Nullable String model,
        @Nullable String agentId,
        boolean complete) {

    /** Why the battle failed. */
    record FailureBody(@JsonProperty("class") String cause, String detail) {

        private static FailureBody of(Failure failure) {
            return new FailureBody(name(failure.cause()), failure.detail());
        }
    }

    /** What the battle has used. */
    record UsageBody(long tokensIn, long tokensOut, String costUsd, RolesBody byRole) {

        private static UsageBody of(Used used) {
            Spent total = used.total();
            return new UsageBody(
                    total.tokensIn(),
                    total.tokensOut(),
                    money(total.costUsd()),
                    new RolesBody(
                            RoleBody.of(used.agent()),
                            RoleBody.of(used.opponent()),
                            RoleBody.of(used.judge())));
        }
    }

    /** What each role has used. */
    record RolesBody(RoleBody agent, RoleBody opponent, RoleBody judge) {}

    /** What one role has used. */
    record RoleBody(int calls, long tokensIn, long tokensOut, String costUsd) {

        private static RoleBody of(Spent spent) {
            return new RoleBody(
                    spent.calls(), spent.tokensIn(), spent.tokensOut(), money(spent.costUsd()));
        }
    }

    static StatusBody of(BattleStatus status) {
        Ending ending = status.ending();
        Failure failure = ending == null ? null : ending.failure();
        BattleEvent.Requested request = status.request();
        return new StatusBody(
                status.battleId(),
                status.battleId(),
                status.battleId(),
                name(status.state()),
                status.progress(),
                status.turn(),
                status.messageCount(),
                status.seen().messages(),
                status.times().lastActivityAt(),
                ending == null ? null : name(ending.reason()),
                failure == null ? null : FailureBody.of(failure),
                UsageBody.of(status.used()),
                status.times().startedAt(),
                ending == null ? null : ending.endedAt(),
                status.runId(),
                status.playingModel(),
                request == null ? null : request.agentId(),
                status.complete());
    }

    /** A name as the API spells it. */
    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** US dollars as the API spells them: plain, without trailing zeros. */
    static String money(BigDecimal usd) {
        return usd.stripTrailingZeros().toPlainString();
    }
}
