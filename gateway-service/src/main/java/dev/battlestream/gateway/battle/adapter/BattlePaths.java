package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.BattleIds;
import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.report.Reports;
import java.util.List;
import java.util.UUID;

/** What every path with a battle in it has in common. */
public final class BattlePaths {

    private BattlePaths() {}

    /**
     * The battle that a path names.
     *
     * @throws RequestProblem if it is no id
     */
    public static UUID battleId(String segment) {
        return BattleIds.parse(segment)
                .orElseThrow(() ->
                        RequestProblem.invalid(
                                List.of(new FieldError("id", "must be a UUID of 36 characters"))));
    }

    /** Nobody knows the battle. */
    public static RequestProblem unknown() {
        return Reports.unknown();
    }
}
