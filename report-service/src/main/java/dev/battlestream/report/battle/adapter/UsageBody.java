package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Used;

/**
 * What a battle has used, as JSON.
 *
 * @param costUsd US dollars as decimal text
 */
public record UsageBody(long tokensIn, long tokensOut, String costUsd, RolesBody byRole) {

    /** What each role has used. */
    public record RolesBody(RoleBody agent, RoleBody opponent, RoleBody judge) {}

    /** What one role has used. */
    public record RoleBody(int calls, long tokensIn, long tokensOut, String costUsd) {

        private static RoleBody of(Spent spent) {
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
                        RoleBody.of(used.judge())));
    }
}
