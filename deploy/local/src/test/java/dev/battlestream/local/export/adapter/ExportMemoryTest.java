package dev.battlestream.local.export.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.local.export.ExportFormat;
import dev.battlestream.testkit.ForkedProcess;
import dev.battlestream.testkit.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command line in a heap that the rows do not fit into. {@code
 * -Dbattlestream.export.rows=1000000} makes it a million.
 */
class ExportMemoryTest {

    private static final int ROWS = Integer.getInteger("battlestream.export.rows", 40_000);
    private static final Duration LIMIT = Duration.ofMinutes(9);

    @TempDir Path folder;

    @Test
    void moreRowsThanFitIntoTheHeapAreExported() throws IOException {
        ArchiveFixture archive = ArchiveFixture.empty();
        archive.execute(
                """
                SELECT report.add_month('2026-03-01');
                INSERT INTO report.message
                SELECT '2026-03-01', md5(n::text)::uuid, 1, 1, 'agent',
                       repeat(md5(n::text), CASE WHEN n %% 4000 = 0 THEN 8000 ELSE 40 END), 'openai:small', NULL,
                       100, 50, 0.000123456, 700, 1, timestamptz '2026-03-01 00:00Z' + n * interval '1 ms', false
                FROM generate_series(1, %d) AS n
                """
                        .formatted(ROWS));

        for (ExportFormat format : ExportFormat.values()) {
            Path file = folder.resolve("messages." + format);
            ForkedProcess export =
                    JavaProcess.main("dev.battlestream.local.cli.adapter.Battlestream")
                            .jvm("-Xmx40m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                            .args("export", "--what", "messages", "--format", format.toString())
                            .args("--out", file.toString())
                            .args("--jdbc", archive.url(), "--user", ArchiveFixture.USER)
                            .env("BATTLESTREAM_ANALYST_PASSWORD", ArchiveFixture.PASSWORD)
                            .log(folder.resolve(format + ".log"))
                            .start();

            assertThat(export.awaitExit(LIMIT)).isTrue();
            String said = String.join("\n", export.logTail(20));
            assertThat(export.exitValue()).as(said).hasValue(0);
            assertThat(said).contains(String.format(Locale.ROOT, "%,d messages in ", ROWS));
            assertThat(Files.size(file)).isGreaterThan(40L * 16);
        }
    }
}
