package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BattleListHttpTest extends HttpContract {

    private static final String PATH = "/api/battles";

    @Test
    void aListIsTheArchivesInTheShapeOfTheContract() throws Exception {
        UUID ended = UUID.randomUUID();
        UUID open = UUID.randomUUID();
        String known =
                """
                {"battles":[
                 {"jobId":"%1$s","battleId":"%1$s","conversationId":"%1$s","state":"failed",
                  "createdAt":"2026-01-01T00:00:00.123456Z","agentId":"bot","model":"m","runId":"r",
                  "turn":4,"messageCount":7,"endedReason":"error",
                  "failure":{"class":"judge","detail":"It broke."},
                  "usage":{"tokensIn":1,"tokensOut":2,"costUsd":"0.1",
                   "byRole":{"agent":{"calls":3,"tokensIn":1,"tokensOut":2,"costUsd":"0.1"}}},
                  "startedAt":"2026-01-01T00:00:01Z","endedAt":"2026-01-01T00:00:02Z"},
                 {"jobId":"%2$s","battleId":"%2$s","conversationId":"%2$s","state":"running",
                  "createdAt":"2026-01-01T00:00:00Z"%3$s}],
                 "nextCursor":"AAAA"}\
                """;
        report.lists(200, known.formatted(ended, open, ",\"internalOnly\":true"));

        HttpResponse<String> answer = gateway.get(PATH);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(RunningGateway.json(answer))
                .isEqualTo(RunningGateway.JSON.readTree(known.formatted(ended, open, "")));
    }

    @Test
    void whatIsAskedIsAskedOfTheArchiveAndNothingElse() throws Exception {
        report.lists(200, "{\"battles\":[]}");

        HttpResponse<String> answer =
                gateway.get(
                        PATH
                                + "?state=failed&agentId=a%26b%20c&runId=r&from=f&to=t&cursor=c"
                                + "&limit=3&other=x");

        assertThat(answer.body()).isEqualTo("{\"battles\":[]}");
        assertThat(report.lastListQuery())
                .isEqualTo("state=failed&agentId=a%26b+c&runId=r&from=f&to=t&cursor=c&limit=3");
    }

    @Test
    void everyParameterThatTheArchiveRefusesIsNamed() throws Exception {
        report.lists(
                400,
                """
                {"status":400,"code":"invalid_request","errors":[
                 {"field":"state","message":"must be one of …"},
                 {"field":"limit","message":"must be a whole number, 1 to 200"}]}
                """);

        assertProblem(
                gateway.get(PATH + "?state=won&limit=0"),
                400,
                "invalid_request",
                PATH,
                "state",
                "limit");
    }

    @Test
    void anArchiveThatIsAwayIsToldWithWhenToComeAgain() throws Exception {
        report.lists(503, "{\"code\":\"archive_unavailable\"}");

        HttpResponse<String> answer = gateway.get(PATH);

        assertProblem(answer, 503, "archive_unavailable", PATH);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    }

    @Test
    void anArchiveThatFailsIsTheReportServicesOutage() throws Exception {
        report.lists(500, "{}");

        HttpResponse<String> answer = gateway.get(PATH);

        assertProblem(answer, 503, "report_unavailable", PATH);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
}
