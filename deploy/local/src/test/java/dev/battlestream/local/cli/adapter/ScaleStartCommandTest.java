package dev.battlestream.local.cli.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScaleStartCommandTest {

    private static final String ID = "00000000-0000-4000-8000-000000000001";
    private static final String START = "/api/scale/start";
    private static final String STATUS = "/api/scale/" + ID + "/status";
    private static final String STREAM = "/api/scale/" + ID + "/stream";
    private static final String REPORT = "/api/scale/" + ID + "/report?format=json&partial=false";

    private static final String RUNNING =
            """
            {"runId":"%s","state":"running","progress":0.5,"completed":1,"total":2,"running":1,\
            "launched":2,"counts":{"goal":1,"limit":0},"costUsd":"0.01","etaSeconds":12,\
            "lastPlace":1}\
            """
                    .formatted(ID);

    private static final String MEMBER =
            "{\"index\":1,\"battleId\":\"b\",\"state\":\"ended\",\"reason\":\"goal\"}";

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init")
    private GatewayDouble gateway;

    @BeforeEach
    void listen() {
        gateway = new GatewayDouble(folder);
        gateway.answer(START, 202, "{\"runId\":\"" + ID + "\",\"state\":\"queued\"}");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private static String ended(int goals, String more) {
        return """
        {"runId":"%s","state":"completed","completed":2,"total":2,"running":0,"launched":2,\
        "counts":{"goal":%d,"limit":%d},"costUsd":"0.02","endedReason":"completed"%s}\
        """
                .formatted(ID, goals, 2 - goals, more);
    }

    private static String event(String name, String data) {
        return "event: %s\ndata: %s\n\n".formatted(name, data);
    }

    private static String told(int goals) {
        return "retry: 2000\n\n"
                + event("status", RUNNING)
                + "id: 1\n"
                + event("member", MEMBER)
                + event("ended", ended(goals, ""));
    }

    private String file() throws IOException {
        return Files.writeString(
                        folder.resolve("run.yaml"),
                        """
                        runCount: 2
                        concurrency: 1
                        battle: {model: "scripted:never"}
                        labels: {a: b}
                        """)
                .toString();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Test
    void aRunIsStartedWithWhatTheOptionsOverride() throws Exception {
        var ran =
                gateway.run(
                        "scale",
                        "start",
                        "--spec",
                        file(),
                        "--runs",
                        "5",
                        "--concurrency",
                        "3",
                        "--budget",
                        "1.50",
                        "--seed",
                        "7",
                        "--label",
                        "c=d");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out().strip()).isEqualTo(ID);
        assertThat(json(gateway.calls(START).getFirst().body()))
                .isEqualTo(
                        json(
                                """
                                {"runCount": 5, "concurrency": 3,
                                 "battle": {"model": "scripted:never"},
                                 "labels": {"a": "b", "c": "d"}, "budgetUsd": "1.50", "seed": 7}
                                """));
    }

    @Test
    void whereThereIsNoTerminalAFollowedRunIsToldInLines() throws Exception {
        gateway.answer(STREAM, 200, told(2));

        var ran = gateway.run("scale", "start", "--spec", file(), "--follow");

        assertThat(ran.code()).isZero();
        assertThat(ran.out().lines())
                .containsExactly(
                        ID,
                        "  1 of 2 ended, 1 running: goal 1; about 12 s left",
                        "completed, reason completed: 2 of 2 reached the goal; goal 2; 0.02 USD");
    }

    @Test
    void tooFewGoalsHaveAnExitCodeOfTheirOwn() throws Exception {
        gateway.answer(STREAM, 200, told(1));

        assertThat(gateway.run("scale", "start", "--spec", file(), "-f").code()).isEqualTo(100);
        assertThat(gateway.run("scale", "start", "--spec", file(), "--min-success", "50").code())
                .isZero();
        assertThat(gateway.run("scale", "start", "--spec", file(), "--min-success", "50.1").code())
                .isEqualTo(100);
    }

    @Test
    void aRunThatFailedIsAnError() throws Exception {
        gateway.answer(
                STREAM,
                200,
                event(
                        "ended",
                        """
                        {"runId":"x","state":"failed","completed":0,"total":2,"running":0,\
                        "counts":{},"costUsd":"0","endedReason":"error",\
                        "failure":{"class":"request","detail":"runCount is over the cap"}}\
                        """));

        var ran = gateway.run("scale", "start", "--spec", file(), "--min-success", "0");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("failure of class request: runCount is over the cap");
    }

    @Test
    void aStreamThatBreaksGoesOnFromItsLastCursor() throws Exception {
        gateway.answer(STREAM, 200, "id: 1\n" + event("member", MEMBER) + "id: 2\ndata: {");
        gateway.answer(STREAM, 200, event("ended", ended(2, "")));

        var ran = gateway.run("scale", "start", "--spec", file(), "--follow", "--json");

        assertThat(ran.code()).isZero();
        assertThat(gateway.calls(STREAM))
                .extracting(GatewayDouble.Call::lastEventId)
                .containsExactly("", "1");
        assertThat(ran.out().lines().map(ScaleStartCommandTest::json))
                .extracting(line -> line.path("event").asString(""))
                .containsExactly("", "member", "ended");
        assertThat(gateway.calls(STATUS)).isEmpty();
    }

    @Test
    void whereNoStreamCanBeHadTheStatusIsAskedFor() throws Exception {
        gateway.answer(STREAM, 429, "{\"title\":\"Too many\",\"code\":\"too_many_streams\"}");
        gateway.answer(STATUS, 200, RUNNING);
        gateway.answer(STATUS, 200, ended(2, ""));

        var ran = gateway.run("scale", "start", "--spec", file(), "--follow");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("1 of 2 ended", "2 of 2 reached the goal");
        assertThat(gateway.calls(STATUS)).hasSize(2);
    }

    @Test
    void aStreamThatTellsNonsenseIsAnErrorAndNotFollowedForEver() throws Exception {
        gateway.answer(STREAM, 200, event("status", "<html>"));

        var ran = gateway.run("scale", "start", "--spec", file(), "--follow");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("no JSON");
    }

    @Test
    void theRunIsWrittenForACiServerOnceItsReportIsFinal() throws Exception {
        gateway.answer(STREAM, 200, told(1));
        gateway.answer(REPORT, 409, "{\"title\":\"Not yet\",\"code\":\"report_not_final\"}");
        gateway.answer(
                REPORT,
                200,
                """
                {"runId":"%s","final":true,"state":"completed","endedReason":"completed","total":2,
                 "members":[
                  {"index":1,"battleId":"b1","variant":"a","state":"ended","reason":"goal",
                   "turns":4,"durationMs":1500},
                  {"index":2,"battleId":"b2","variant":"b","state":"ended","reason":"limit",
                   "turns":8,"durationMs":2500}],
                 "startedAt":"2026-01-31T12:00:00Z","endedAt":"2026-01-31T12:00:04Z"}
                """
                        .formatted(ID));
        Path junit = folder.resolve("reports/new/junit.xml");

        var ran = gateway.run("scale", "start", "--spec", file(), "--junit", junit.toString());

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isEqualTo(100);
        assertThat(junit)
                .content()
                .contains("tests=\"2\"", "failures=\"1\"", "name=\"1/a\"", "name=\"2/b\"");
        try (var beside = Files.list(folder.resolve("reports/new"))) {
            assertThat(beside).containsExactly(junit);
        }
    }

    @Test
    void aFileForTheCiServerThatCannotBeWrittenIsAnError() throws Exception {
        gateway.answer(STREAM, 200, told(2));
        gateway.answer(REPORT, 200, "{\"runId\":\"x\",\"total\":2}");

        var ran = gateway.run("scale", "start", "--spec", file(), "--junit", file() + "/x.xml");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("x.xml cannot be written");
    }

    @Test
    void everyErrorHasTheSameCode() throws Exception {
        assertThat(gateway.run("scale", "start").code()).isEqualTo(1);
        assertThat(gateway.run("scale", "start", "--spec", "nothing.yaml").code()).isEqualTo(1);
        assertThat(gateway.run("scale", "start", "--spec", file(), "--min-success", "101").code())
                .isEqualTo(1);
        Path typo = Files.writeString(folder.resolve("typo.yaml"), "runcount: 2\n");
        var ran = gateway.run("scale", "start", "--spec", typo.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("typo.yaml:1: runcount: is no known field");
        assertThat(gateway.calls()).isEmpty();

        gateway.close();
        var away = gateway.run("scale", "start", "--spec", file());
        assertThat(away.code()).isEqualTo(1);
        assertThat(away.err()).contains("battlestream up");
    }

    @Test
    void aRefusalIsToldWithEveryField() throws Exception {
        try (GatewayDouble strict = new GatewayDouble(folder)) {
            strict.answer(
                    START,
                    400,
                    """
                    {"title":"The request breaks rules","code":"invalid_request",
                     "errors":[{"field":"battle.model","message":"is unknown"}]}
                    """);

            var ran = strict.run("scale", "start", "--spec", file(), "--follow");

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("battle.model: is unknown");
        }
    }
}
