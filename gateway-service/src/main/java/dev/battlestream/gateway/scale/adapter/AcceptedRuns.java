package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.gateway.battle.Job;
import dev.battlestream.gateway.battle.JobKind;
import dev.battlestream.gateway.battle.adapter.Accepted;
import dev.battlestream.gateway.battle.adapter.AdmissionDesk;
import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.report.Reported;
import dev.battlestream.gateway.report.RunDocument;
import dev.battlestream.gateway.report.RunList;
import dev.battlestream.gateway.report.RunReport;
import dev.battlestream.gateway.report.RunReports;
import dev.battlestream.gateway.report.RunStatus;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What the report service tells, and where it has not seen a run yet that was accepted by a
 * gateway, what its job tells: mostly that it is queued, and nothing to be reported yet.
 */
final class AcceptedRuns implements RunReports {

    private final RunReports reported;
    private final AdmissionDesk desk;
    private final InstantSource clock;

    AcceptedRuns(RunReports reported, AdmissionDesk desk, InstantSource clock) {
        this.reported = reported;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public Optional<RunStatus> status(UUID runId, Correlation correlation) {
        return Accepted.or(() -> reported.status(runId, correlation), () -> accepted(runId));
    }

    @Override
    public Reported<RunReport> report(UUID runId, boolean partial, Correlation correlation) {
        return orNotFinal(runId, () -> reported.report(runId, partial, correlation));
    }

    @Override
    public Reported<byte[]> document(
            UUID runId, RunDocument format, boolean partial, Correlation correlation) {
        return orNotFinal(runId, () -> reported.document(runId, format, partial, correlation));
    }

    @Override
    public RunList list(Map<String, String> parameters, Correlation correlation) {
        return reported.list(parameters, correlation);
    }

    private <T> Reported<T> orNotFinal(UUID runId, Supplier<Reported<T>> reported) {
        Optional<Reported<T>> told =
                Accepted.or(
                        () -> Optional.of(reported.get()).filter(AcceptedRuns::isKnown),
                        () ->
                                accepted(runId)
                                        .filter(status -> !status.hasEnded())
                                        .map(_ -> new Reported.NotFinal<>()));
        return told.orElseGet(Reported.Unknown::new);
    }

    private static boolean isKnown(Reported<?> answer) {
        return !(answer instanceof Reported.Unknown<?>);
    }

    private Optional<RunStatus> accepted(UUID runId) {
        return desk.find(JobKind.RUN, runId).flatMap((Job job) -> job.runStatus(clock.instant()));
    }
}
