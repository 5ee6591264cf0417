package dev.battlestream.local.cli.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.local.export.adapter.ArchiveFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

    @TempDir Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        environment.putIfAbsent("BATTLESTREAM_HOME", folder.toString());
        environment.putIfAbsent("BATTLESTREAM_PORT_BASE", "1024");
        return Battlestream.commandLine(environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void aFileIsWrittenAndTheCountIsTold() throws IOException {
        ArchiveFixture archive = ArchiveFixture.used();
        environment.put("BATTLESTREAM_ANALYST_PASSWORD", ArchiveFixture.PASSWORD);
        Path file = folder.resolve("new/runs.jsonl");

        int code =
                run(
                        "export",
                        "--what",
                        "runs",
                        "--format",
                        "jsonl",
                        "--jdbc",
                        archive.url(),
                        "--user",
                        ArchiveFixture.USER,
                        "--out",
                        file.toString());

        assertThat(err.toString()).contains("2 runs in " + file);
        assertThat(code).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(Files.readAllLines(file))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("\"budget_usd\":1.500000000"));
    }

    @Test
    void whatMakesNoSenseIsAUsageError() {
        assertThat(run("export", "--from", "yesterday")).isEqualTo(2);
        assertThat(run("export", "--from", "2026-02-01", "--to", "2026-01-01")).isEqualTo(2);
        assertThat(run("export", "--format", "xml")).isEqualTo(2);
        assertThat(run("export", "--what", "prompts")).isEqualTo(2);
        assertThat(run("export", "--jdbc", "postgres://host/db")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "--from is yesterday",
                        "must be before --to",
                        "csv, jsonl, parquet",
                        "battles, messages, decisions, runs, members",
                        "must be like jdbc:postgresql:");
    }

    @Test
    void withoutADatabaseItSaysHowToStartOne() {
        Path file = folder.resolve("none.csv");

        assertThat(run("export", "--out", file.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("No database at", "./battlestream up");
        assertThat(file).doesNotExist();
    }
}
