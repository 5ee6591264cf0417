package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.RecentStarts;
import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.MessagePage;
import dev.battlestream.gateway.report.Reports;
import dev.battlestream.gateway.report.VerdictPage;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * What the report service tells, and where it has not seen a battle yet that was accepted here a
 * moment ago, that the battle is queued. Whoever starts a battle may ask for it at once.
 */
final class AcceptedReports implements Reports {

    private final Reports reported;
    private final RecentStarts recent;
    private final InstantSource clock;

    AcceptedReports(Reports reported, RecentStarts recent, InstantSource clock) {
        this.reported = reported;
        this.recent = recent;
        this.clock = clock;
    }

    @Override
    public Optional<BattleStatus> status(UUID battleId, Correlation correlation) {
        return reported.status(battleId, correlation)
                .or(() ->
                        recent.acceptedAt(battleId, clock.instant())
                                .map(at -> BattleStatus.queued(battleId, at)));
    }

    @Override
    public Optional<MessagePage> messages(
            UUID battleId, int sinceSeq, int limit, Correlation correlation) {
        return reported.messages(battleId, sinceSeq, limit, correlation)
                .or(() -> accepted(battleId).map(_ -> MessagePage.empty(sinceSeq)));
    }

    @Override
    public Optional<VerdictPage> verdicts(
            UUID battleId, int sinceTurn, int limit, Correlation correlation) {
        return reported.verdicts(battleId, sinceTurn, limit, correlation)
                .or(() -> accepted(battleId).map(_ -> VerdictPage.empty(sinceTurn)));
    }

    private Optional<UUID> accepted(UUID battleId) {
        return recent.acceptedAt(battleId, clock.instant()).map(_ -> battleId);
    }
}
