package dev.battlestream.gateway.report.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Asks the report service's archive for lists; it also judges the parameters. */
final class ArchiveHttp {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ReportHttp http;

    ArchiveHttp(ReportHttp http) {
        this.http = http;
    }

    <T> T list(
            String path, Map<String, String> parameters, Class<T> type, Correlation correlation) {
        String query =
                parameters.entrySet().stream()
                        .map(given ->
                                given.getKey() + "=" + URLEncoder.encode(given.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
        ReportHttp.Answer answer = http.get(path + "?" + query, correlation);
        if (answer.status() == 400) {
            throw RequestProblem.invalid(errors(answer.problem()));
        }
        if (answer.status() == 503) {
            throw RequestProblem.passing(
                    ProblemCode.ARCHIVE_UNAVAILABLE,
                    "Nothing can be listed at the moment; what runs goes on meanwhile, and can be"
                            + " read by its id",
                    RETRY_AFTER);
        }
        return answer.as(type);
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
