package dev.battlestream.local.cli.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.Standing;
import dev.battlestream.testkit.FreePorts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BattlestreamTest {

    private static final String ID = "00000000-0000-4000-8000-000000000001";

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void whereNothingRuns() {
        environment.put("BATTLESTREAM_HOME", folder.toString());
        int port = Math.min(FreePorts.next(), 65_000);
        environment.put("BATTLESTREAM_PORT_BASE", Integer.toString(port));
    }

    private int run(String... arguments) {
        return Battlestream.commandLine(environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void helpNeedsNoPlatformAndNamesEveryCommand() {
        environment.put("BATTLESTREAM_PORT_BASE", "nonsense");

        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "up",
                        "down",
                        "status",
                        "logs",
                        "reset",
                        "demo",
                        "battle",
                        "scale",
                        "export",
                        "key",
                        "Exit codes");
    }

    @Test
    void aNewKeyIsPrintedOnceWithItsHashAndNeedsNoPlatform() {
        environment.put("BATTLESTREAM_PORT_BASE", "nonsense");

        assertThat(run("key", "new", "--name", "ci", "--scopes", "read,start")).isZero();

        String key = out.toString().lines().findFirst().orElseThrow();
        assertThat(key).matches("bsk_[A-Za-z0-9_-]{43}");
        assertThat(out.toString().indexOf(key, 1)).isNegative();
        assertThat(out.toString())
                .containsPattern(
                        "- \\{name: ci, scopes: \\[read, start], hash: \"sha256:[0-9a-f]{64}\"}")
                .contains("BATTLESTREAM_ACCESS_KEYS_0_SCOPES=read,start");
    }

    @Test
    void aKeyWithoutANameOrOfAnUnknownScopeIsAUsageError() {
        assertThat(run("key", "new")).isEqualTo(2);
        assertThat(run("key", "new", "--name", "a b")).isEqualTo(2);
        assertThat(run("key", "new", "--name", "ci", "--scopes", "everything")).isEqualTo(2);
        assertThat(out.toString()).doesNotContain("bsk_");
    }

    @Test
    void aSettingThatMakesNoSenseIsAUsageError() {
        environment.put("BATTLESTREAM_PORT_BASE", "nonsense");

        assertThat(run("status")).isEqualTo(2);
        assertThat(err.toString()).contains("BATTLESTREAM_PORT_BASE is nonsense");
    }

    @Test
    void whereNothingRunsTheStatusSaysSo() {
        assertThat(run("status", "--json")).isEqualTo(3);
        assertThat(out.toString()).contains("\"process\" : \"gateway\"", "\"state\" : \"stopped\"");
    }

    @Test
    void theStatusCodeTellsAllReadyFromSomeDead() {
        Map<Component, Standing> standings = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            standings.put(component, new Standing.Ready(1, Instant.EPOCH, 1));
        }
        assertThat(StatusCommand.code(standings)).isZero();

        standings.put(Component.JUDGE, new Standing.Dead(1));
        assertThat(StatusCommand.code(standings)).isEqualTo(1);
    }

    @Test
    void aDeadProcessIsNamedWithTheEndOfItsLog() throws Exception {
        Files.createDirectories(folder.resolve("run"));
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("run/judge.pid"), "1\n2001-01-01T00:00:00Z\n");
        Files.writeString(folder.resolve("logs/judge.log"), "fine\nout of luck\n");

        assertThat(run("status")).isEqualTo(1);
        assertThat(out.toString()).contains("judge died", "out of luck");
    }

    @Test
    void withoutAGatewayABattleCommandSaysHowToStartIt() {
        assertThat(run("battle", "status", ID)).isEqualTo(3);
        assertThat(run("battle", "list", "--state", "failed")).isEqualTo(3);
        assertThat(err.toString()).contains("battlestream up");
    }

    @Test
    void aMissingOrMalformedArgumentIsAUsageError() {
        assertThat(run("battle", "status", "no-uuid")).isEqualTo(2);
        assertThat(run("battle")).isEqualTo(2);
        assertThat(run("battle", "list", "--limit", "many")).isEqualTo(2);
        assertThat(run("nothing")).isEqualTo(2);
        assertThat(run("logs", "nobody")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no process nobody");
    }

    @Test
    void aResetThatNobodyAgreedToDeletesNothing() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data/kafka"));

        assertThat(run("reset")).isEqualTo(2);
        assertThat(data).exists();

        assertThat(run("reset", "--yes")).isZero();
        assertThat(data).doesNotExist();
    }

    @Test
    void theEndOfALogIsShown() throws Exception {
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs/runner.log"), "one\ntwo\nthree\n");

        assertThat(run("logs", "runner", "-n", "2")).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("twothree");
    }

    @Test
    void whatIsAddedToALogIsReadOnceAndOnlyInWholeLines() throws Exception {
        Path log = Files.writeString(folder.resolve("a.log"), "old\n");
        LogTail tail = new LogTail(log, "a| ");
        Files.writeString(log, "old\nnew\nhal");
        assertThat(tail.added()).containsExactly("a| new");
        Files.writeString(log, "old\nnew\nhalf\n");
        assertThat(tail.added()).containsExactly("a| half");
        Files.writeString(log, "x\n");
        assertThat(tail.added()).as("the log was moved aside").containsExactly("a| x");
    }
}
