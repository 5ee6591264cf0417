package dev.battlestream.local.cli.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ScaleCommandTest {

    private static final String ID = "00000000-0000-4000-8000-000000000001";
    private static final String RUN = "/api/scale/" + ID;

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init")
    private GatewayDouble gateway;

    @BeforeEach
    void listen() {
        gateway = new GatewayDouble(folder);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void aStatusIsALineOrTheGatewaysJson() {
        gateway.answer(
                RUN + "/status",
                200,
                """
                {"runId":"%s","state":"running","completed":3,"total":10,"running":2,
                 "counts":{"goal":2,"limit":1,"plateau":0},"costUsd":"0.0120","etaSeconds":75,
                 "ofTheFuture":1}
                """
                        .formatted(ID));

        assertThat(gateway.run("scale", "status", ID).out().strip())
                .isEqualTo(
                        "running: 3 of 10 ended, 2 running: goal 2, limit 1; about 1 min 15 s left,"
                                + " 0.0120 USD");
        var json = gateway.run("scale", "status", ID, "--json");
        assertThat(json.code()).isZero();
        assertThat(JsonMapper.shared().readTree(json.out()).path("ofTheFuture").asInt()).isOne();
    }

    @Test
    void aReportIsPrintedInTheFormatThatIsAskedFor() {
        gateway.answer(RUN + "/report?format=json&partial=false", 200, "{\"final\":true}");
        gateway.answer(RUN + "/report?format=csv&partial=true", 200, "index,reason\r\n1,goal\r\n");

        assertThat(gateway.run("scale", "report", ID).out().strip()).isEqualTo("{\"final\":true}");
        assertThat(gateway.run("scale", "report", ID, "--format", "csv", "--partial").out())
                .isEqualTo("index,reason\r\n1,goal\r\n");
    }

    @Test
    void aReportIsWrittenIntoAFileAsItIs() {
        String html = "<!doctype html>\n<p>ü";
        gateway.answer(RUN + "/report?format=html&partial=false", 200, html);
        Path file = folder.resolve("new/report.html");

        var ran = gateway.run("scale", "report", ID, "--format", "html", "--out", file.toString());

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains(file.toString()).doesNotContain("doctype");
        assertThat(file).hasContent(html);
    }

    @Test
    void aReportThatIsNotFinalIsRefusedWithTheGatewaysWords() {
        gateway.answer(
                RUN + "/report?format=json&partial=false",
                409,
                "{\"title\":\"The run goes on\",\"code\":\"report_not_final\"}");

        var ran = gateway.run("scale", "report", ID);

        assertThat(ran.code()).isEqualTo(5);
        assertThat(ran.err()).contains("The run goes on");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aReportIsOpenedByTheProgramThatBrowserNames() throws Exception {
        gateway.answer(RUN + "/report?format=html&partial=false", 200, "<p>");
        Path opened = folder.resolve("opened");
        Path browser = script("#!/bin/sh\nprintf %s \"$1\" > '" + opened + "'\n");
        gateway.environment().put("BROWSER", browser.toString());

        var ran = gateway.run("scale", "report", ID, "--open");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        Path file = Path.of(Files.readString(opened));
        assertThat(file).hasContent("<p>").hasFileName("run-" + ID + ".html");
        assertThat(ran.out()).contains(file.toString());
        Files.delete(file);
        Files.delete(file.getParent());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aReportThatCannotBeOpenedIsThereAllTheSame() throws Exception {
        gateway.answer(RUN + "/report?format=html&partial=false", 200, "<p>");
        Path file = folder.resolve("report.html");

        for (String browser :
                List.of(
                        folder.resolve("none").toString(),
                        script("#!/bin/sh\nexit 3\n").toString())) {
            gateway.environment().put("BROWSER", browser);
            var ran = gateway.run("scale", "report", ID, "--open", "--out", file.toString());
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("cannot be written or opened");
            assertThat(file).exists();
        }
    }

    @Test
    void everyDesktopHasItsOpener() {
        Path file = Path.of("a b;c.html").toAbsolutePath();
        String path = file.toString();

        assertThat(Desktop.opener("Linux", Map.of(), file)).containsExactly("xdg-open", path);
        assertThat(Desktop.opener("Mac OS X", Map.of(), file)).containsExactly("open", path);
        assertThat(Desktop.opener("Windows 11", Map.of(), file))
                .containsExactly("rundll32", "url.dll,FileProtocolHandler", path);
        assertThat(Desktop.opener("Linux", Map.of("BROWSER", "w3m"), file))
                .containsExactly("w3m", path);
    }

    @Test
    void aRunIsCancelled() {
        gateway.answer(RUN + "/cancel", 202, "{\"acknowledged\":true,\"state\":\"running\"}");

        var ran = gateway.run("scale", "cancel", ID);

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("The end of " + ID + " was asked for");
        assertThat(gateway.calls().getFirst().method()).isEqualTo("POST");
    }

    @Test
    void runsAreListedAsATable() {
        gateway.answer(
                "/api/scale?state=completed&limit=20",
                200,
                """
                {"runs":[{"runId":"r1","state":"completed","endedReason":"completed","total":10,
                  "launched":10,"goals":9,"costUsd":"0.12","requestedAt":"2026-01-31T12:00:00Z",
                  "startedAt":"2026-01-31T12:00:01Z","endedAt":"2026-01-31T12:00:21Z"},
                 {"runId":"r2","state":"running","total":3}],"nextCursor":"x"}
                """);

        var ran = gateway.run("scale", "list", "--state", "completed");

        assertThat(ran.code()).isZero();
        assertThat(ran.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("run  requested"),
                        line -> assertThat(line).startsWith("───"),
                        line ->
                                assertThat(line)
                                        .startsWith("r1   2026-01-31")
                                        .endsWith("completed  completed  9 of 10  20 s  0.12"),
                        line ->
                                assertThat(line)
                                        .startsWith("r2   –")
                                        .endsWith("running    –          – of 3   –     –"),
                        line -> assertThat(line).isEqualTo("More with --cursor x"));
    }

    @Test
    void aListOfRunsIsNarrowedByAgentAndTime() {
        gateway.answer(
                "/api/scale?agentId=support+bot&from=2026-01-01T00%3A00%3A00Z"
                        + "&to=2026-02-01T00%3A00%3A00Z&limit=5",
                200, "{\"runs\":[]}");

        var ran =
                gateway.run(
                        "scale",
                        "list",
                        "--agent",
                        "support bot",
                        "--from",
                        "2026-01-01T00:00:00Z",
                        "--to",
                        "2026-02-01T00:00:00Z",
                        "--limit",
                        "5");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualToIgnoringNewLines("No runs");
    }

    @Test
    void wrongUseUnknownRunsAndAGatewayThatIsAwayHaveTheCodesOfBattles() {
        assertThat(gateway.run("scale").code()).isEqualTo(2);
        assertThat(gateway.run("scale", "status", "no-uuid").code()).isEqualTo(2);
        assertThat(gateway.run("scale", "report", ID, "--format", "pdf").code()).isEqualTo(2);
        assertThat(gateway.run("scale", "status", ID).code()).isEqualTo(4);
        assertThat(gateway.run("scale", "cancel", ID).code()).isEqualTo(4);
        gateway.close();
        assertThat(gateway.run("scale", "list").code()).isEqualTo(3);
    }

    private Path script(String text) throws Exception {
        Path script = Files.createTempFile(folder, "browser", ".sh");
        Files.writeString(script, text);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
