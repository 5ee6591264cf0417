package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.exchange.adapter.Exchanges;
import dev.battlestream.gateway.exchange.adapter.Tagged;
import dev.battlestream.gateway.report.Reported;
import dev.battlestream.gateway.report.RunDocument;
import dev.battlestream.gateway.report.RunList;
import dev.battlestream.gateway.report.RunReports;
import dev.battlestream.gateway.report.RunStatus;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;
import tools.jackson.databind.json.JsonMapper;

/** Reads scale runs over HTTP. */
@RestController
@RequestMapping("/api/scale")
final class RunReadController {

    private static final List<String> LIST_PARAMETERS =
            List.of("state", "agentId", "from", "to", "cursor", "limit");

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

    /** The page brings its own style, and nothing that runs. */
    private static final String HTML_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none';"
                    + " sandbox";

    private final RunReports reports;
    private final JsonMapper json;

    RunReadController(RunReports reports, JsonMapper json) {
        this.reports = reports;
        this.json = json;
    }

    @GetMapping(path = "", produces = MediaType.APPLICATION_JSON_VALUE)
    RunList list(HttpServletRequest request) {
        return reports.list(
                Exchanges.parameters(request, LIST_PARAMETERS), Exchanges.correlation(request));
    }

    @GetMapping(
            path = {"/{runId}", "/{runId}/status"},
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Nullable ResponseEntity<byte[]> status(
            @PathVariable String runId, ServletWebRequest exchange) {
        RunStatus status =
                reports.status(RunPaths.runId(runId), Exchanges.correlation(exchange.getRequest()))
                        .orElseThrow(RunPaths::unknown);
        return Tagged.answer(json.writeValueAsBytes(status), exchange);
    }

    @GetMapping(
            path = "/{runId}/report",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_HTML_VALUE, "text/csv"})
    ResponseEntity<byte[]> report(
            @PathVariable String runId,
            @RequestParam(required = false) @Nullable String format,
            @RequestParam(required = false) @Nullable String partial,
            HttpServletRequest request,
            HttpServletResponse response) {
        UUID id = RunPaths.runId(runId);
        ReportQuery query = ReportQuery.read(format, partial);
        return switch (query.format()) {
            case JSON ->
                    body(MediaType.APPLICATION_JSON)
                            .body(
                                    json.writeValueAsBytes(
                                            found(
                                                    reports.report(
                                                            id,
                                                            query.partial(),
                                                            Exchanges.correlation(request)))));
            case HTML -> {
                byte[] page = document(id, RunDocument.HTML, query.partial(), request);
                response.setHeader("Content-Security-Policy", HTML_POLICY);
                yield body(HTML).body(page);
            }
            case CSV ->
                    body(CSV)
                            .header(
                                    HttpHeaders.CONTENT_DISPOSITION,
                                    ContentDisposition.attachment()
                                            .filename("run-%s.csv".formatted(id))
                                            .build()
                                            .toString())
                            .body(document(id, RunDocument.CSV, query.partial(), request));
        };
    }

    private byte[] document(
            UUID id, RunDocument document, boolean partial, HttpServletRequest request) {
        return found(reports.document(id, document, partial, Exchanges.correlation(request)));
    }

    private static ResponseEntity.BodyBuilder body(MediaType type) {
        return ResponseEntity.ok().cacheControl(CacheControl.noCache()).contentType(type);
    }

    private static <T> T found(Reported<T> answer) {
        return switch (answer) {
            case Reported.Found<T>(T report) -> report;
            case Reported.NotFinal<T> _ ->
                    throw RequestProblem.of(
                            ProblemCode.REPORT_NOT_FINAL,
                            "Its report is final once it has ended; until then ask with"
                                    + " partial=true, as soon as it has begun");
            case Reported.Unknown<T> _ -> throw RunPaths.unknown();
        };
    }
}
