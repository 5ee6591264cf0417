package dev.battlestream.gateway.report.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.report.RunReports;
import dev.battlestream.gateway.report.RunStatus;
import java.util.Optional;
import java.util.UUID;

/** Reads scale runs from the report service's views. */
final class RunClient implements RunReports {

    private final ReportHttp http;

    RunClient(ReportHttp http) {
        this.http = http;
    }

    @Override
    public Optional<RunStatus> status(UUID runId, Correlation correlation) {
        ReportHttp.Answer answer = http.get("/internal/runs/" + runId, correlation);
        return answer.status() == 404 ? Optional.empty() : Optional.of(answer.as(RunStatus.class));
    }
}
