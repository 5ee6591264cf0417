package dev.battlestream.gateway.report.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.report.Archive;
import dev.battlestream.gateway.report.BattleList;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Lists battles from the report service's archive, which also judges the parameters. */
final class ArchiveClient implements Archive {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ReportHttp http;

    ArchiveClient(ReportHttp http) {
        this.http = http;
    }

    @Override
    public BattleList list(Map<String, String> parameters, Correlation correlation) {
        String query =
                parameters.entrySet().stream()
                        .map(given ->
                                given.getKey() + "=" + URLEncoder.encode(given.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
        ReportHttp.Answer answer = http.get("/internal/battles?" + query, correlation);
        if (answer.status() == 400) {
            throw RequestProblem.invalid(errors(answer.problem()));
        }
        if (answer.status() == 503) {
            throw RequestProblem.passing(
                    ProblemCode.ARCHIVE_UNAVAILABLE,
                    "Battles cannot be listed at the moment; they go on meanwhile, and each can be"
                            + " read by its id",
                    RETRY_AFTER);
        }
        return answer.as(BattleList.class);
    }

    private static List<FieldError> errors(JsonNode problem) {
        List<FieldError> errors = new ArrayList<>();
        for (JsonNode error : problem.path("errors")) {
            errors.add(
                    new FieldError(
                            error.path("field").asString(""), error.path("message").asString("")));
        }
        return errors;
    }
}
