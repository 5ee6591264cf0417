package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.Job;
import dev.battlestream.gateway.battle.JobKind;
import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.MessagePage;
import dev.battlestream.gateway.report.Reports;
import dev.battlestream.gateway.report.VerdictPage;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * What the report service tells, and where it has not seen a battle yet that was accepted by a
 * gateway, what its job tells: mostly that it is queued. Whoever starts a battle may ask for it at
 * once.
 */
final class AcceptedReports implements Reports {

    private final Reports reported;
    private final AdmissionDesk desk;
    private final InstantSource clock;

    AcceptedReports(Reports reported, AdmissionDesk desk, InstantSource clock) {
        this.reported = reported;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public Optional<BattleStatus> status(UUID battleId, Correlation correlation) {
        return Accepted.or(() -> reported.status(battleId, correlation), () -> accepted(battleId));
    }

    @Override
    public Optional<MessagePage> messages(
            UUID battleId, int sinceSeq, int limit, Correlation correlation) {
        return Accepted.or(
                () -> reported.messages(battleId, sinceSeq, limit, correlation),
                () ->
                        accepted(battleId)
                                .map(status -> MessagePage.empty(sinceSeq, status.hasEnded())));
    }

    @Override
    public Optional<VerdictPage> verdicts(
            UUID battleId, int sinceTurn, int limit, Correlation correlation) {
        return Accepted.or(
                () -> reported.verdicts(battleId, sinceTurn, limit, correlation),
                () ->
                        accepted(battleId)
                                .map(status -> VerdictPage.empty(sinceTurn, status.hasEnded())));
    }

    private Optional<BattleStatus> accepted(UUID battleId) {
        return desk.find(JobKind.BATTLE, battleId)
                .flatMap((Job job) -> job.battleStatus(clock.instant()));
    }
}
