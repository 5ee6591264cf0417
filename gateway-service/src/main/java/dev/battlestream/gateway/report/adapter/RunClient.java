package dev.battlestream.gateway.report.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.report.Reported;
import dev.battlestream.gateway.report.RunDocument;
import dev.battlestream.gateway.report.RunList;
import dev.battlestream.gateway.report.RunReport;
import dev.battlestream.gateway.report.RunReports;
import dev.battlestream.gateway.report.RunStatus;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reads scale runs from the report service's views and its archive. */
final class RunClient implements RunReports {

    private final ReportHttp http;
    private final ArchiveHttp archive;

    RunClient(ReportHttp http) {
        this.http = http;
        this.archive = new ArchiveHttp(http);
    }

    @Override
    public Optional<RunStatus> status(UUID runId, Correlation correlation) {
        ReportHttp.Answer answer = http.get("/internal/runs/" + runId, correlation);
        return answer.status() == 404 ? Optional.empty() : Optional.of(answer.as(RunStatus.class));
    }

    @Override
    public Reported<RunReport> report(UUID runId, boolean partial, Correlation correlation) {
        return reported(
                http.get(path(runId, "json", partial), correlation),
                answer -> answer.as(RunReport.class));
    }

    @Override
    public Reported<byte[]> document(
            UUID runId, RunDocument format, boolean partial, Correlation correlation) {
        String name = format.name().toLowerCase(Locale.ROOT);
        return reported(
                http.get(path(runId, name, partial), "text/" + name, correlation),
                ReportHttp.Answer::bytes);
    }

    private static String path(UUID runId, String format, boolean partial) {
        return "/internal/runs/%s/report?format=%s&partial=%s".formatted(runId, format, partial);
    }

    private static <T> Reported<T> reported(
            ReportHttp.Answer answer, Function<ReportHttp.Answer, T> read) {
        return switch (answer.status()) {
            case 404 -> new Reported.Unknown<>();
            case 409 -> new Reported.NotFinal<>();
            default -> new Reported.Found<>(read.apply(answer));
        };
    }

    @Override
    public RunList list(Map<String, String> parameters, Correlation correlation) {
        return archive.list("/internal/runs", parameters, RunList.class, correlation);
    }
}
