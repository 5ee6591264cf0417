package dev.battlestream.report.battle.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Used;
import org.jspecify.annotations.Nullable;

/**
 * What a battle has used, as JSON.
 *
 * @param costUsd US dollars as decimal text
 */
public record UsageBody(long tokensIn, long tokensOut, String costUsd, RolesBody byRole) {

    /**
     * What each role has used; the fast and the strong judge add up to the judge, and are absent
     * where nothing tells them apart.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RolesBody(
            RoleBody agent,
            RoleBody opponent,
            RoleBody judge,
            @Nullable RoleBody fastJudge,
            @Nullable RoleBody strongJudge) {}

    /** What one role has used. */
    public record RoleBody(int calls, long tokensIn, long tokensOut, String costUsd) {

        private static @Nullable RoleBody orNull(@Nullable Spent spent) {
            return spent == null ? null : of(spent);
        }

        /** The JSON of what a role has used. */
        public static RoleBody of(Spent spent) {
            return new RoleBody(
                    spent.calls(),
                    spent.tokensIn(),
                    spent.tokensOut(),
                    Spelling.money(spent.costUsd()));
        }
    }

    /** The JSON of what was used. */
    public static UsageBody of(Used used) {
        Spent total = used.total();
        return new UsageBody(
                total.tokensIn(),
                total.tokensOut(),
                Spelling.money(total.costUsd()),
                new RolesBody(
                        RoleBody.of(used.agent()),
                        RoleBody.of(used.opponent()),
                        RoleBody.of(used.judge()),
                        RoleBody.orNull(used.fastJudge()),
                        RoleBody.orNull(used.strongJudge())));
    }
}
