package dev.battlestream.local.export.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.local.export.ExportFormat;
import dev.battlestream.local.export.Period;
import dev.battlestream.local.export.Subject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exports of a real archive, by an analyst. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveExportTest {

    private static final Period ALWAYS = new Period(null, null);

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init")
    private ArchiveFixture archive;

    @BeforeAll
    void fill() {
        archive = ArchiveFixture.used();
    }

    @ParameterizedTest
    @EnumSource
    void everyFormatReadsBackAsTheRowsThatThereAre(Subject subject) throws IOException {
        String view = view(subject);
        ReadBack reading = new ReadBack(types(view));
        List<String> expected = rows(view, reading);
        assertThat(expected).isNotEmpty();

        for (ExportFormat format : ExportFormat.values()) {
            Path file = folder.resolve(subject + "." + format);
            long rows = export(subject, ALWAYS, format, ExportTarget.file(file));

            assertThat(rows).isEqualTo(expected.size());
            assertThat(reading.rows(format, file)).as("%s", format).isEqualTo(expected);
        }
    }

    @Test
    void aPeriodTakesItsFirstMomentInAndItsLastOut() throws IOException {
        List<String> times =
                archive
                        .pairs(
                                """
                                SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), NULL
                                FROM analytics.battles ORDER BY created_at LIMIT 12
                                """)
                        .stream()
                        .map(pair -> Objects.requireNonNull(pair[0]))
                        .toList();
        Path file = folder.resolve("some.csv");

        long rows =
                export(
                        Subject.BATTLES,
                        Period.between(times.get(2), times.get(9)),
                        ExportFormat.CSV,
                        ExportTarget.file(file));

        assertThat(rows).isEqualTo(7);
        assertThat(Files.readString(file))
                .contains(times.get(2), times.get(8))
                .doesNotContain(times.get(9));
    }

    @ParameterizedTest
    @EnumSource
    void anExportOfNothingIsAFileWithoutRows(ExportFormat format) throws IOException {
        Path file = folder.resolve("none." + format);
        Period longAgo = Period.between(null, "2001-01-01");

        assertThat(export(Subject.MESSAGES, longAgo, format, ExportTarget.file(file))).isZero();

        assertThat(new ReadBack(types("messages")).rows(format, file)).isEmpty();
    }

    @Test
    void aStreamTakesWhatAFileTakes() throws IOException {
        Path file = folder.resolve("runs.parquet");
        export(Subject.RUNS, ALWAYS, ExportFormat.PARQUET, ExportTarget.file(file));
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        ExportTarget target = ExportTarget.stream(stream);

        export(Subject.RUNS, ALWAYS, ExportFormat.PARQUET, target);

        assertThat(stream.toByteArray()).isEqualTo(Files.readAllBytes(file));
        assertThat(target.bytes()).isEqualTo(stream.size());
    }

    @Test
    void anExportThatFailsLeavesTheFileAsItWas() throws IOException {
        Path file = Files.writeString(folder.resolve("kept.csv"), "of yesterday");
        ArchiveFixture broken = ArchiveFixture.empty();
        broken.execute(
                """
                CREATE OR REPLACE VIEW analytics.messages AS
                SELECT gen_random_uuid() AS battle_id, 100 / (300 - n) AS seq, 1 AS turn, ''::text AS speaker, ''::text AS content,
                       ''::text AS model, ''::text AS answered_by, 1 AS tokens_in, 1 AS tokens_out, 0::numeric(18, 9) AS cost_usd,
                       0::bigint AS latency_ms, 1 AS calls, now() AS produced_at, false AS failed
                FROM generate_series(1, 1000) AS n
                """);

        assertThatThrownBy(() ->
                        new ArchiveExport(
                                        broken.url(), ArchiveFixture.USER, ArchiveFixture.PASSWORD)
                                .run(
                                        Subject.MESSAGES,
                                        ALWAYS,
                                        ExportFormat.CSV,
                                        ExportTarget.file(file),
                                        _ -> {}))
                .isInstanceOf(ExportException.class)
                .hasMessageContaining("division by zero");

        assertThat(file).hasContent("of yesterday");
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void aTargetThatBreaksIsNoFaultOfTheDatabase() {
        OutputStream full =
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("No space left on device");
                    }
                };

        for (ExportFormat format : ExportFormat.values()) {
            assertThatThrownBy(() ->
                            export(Subject.BATTLES, ALWAYS, format, ExportTarget.stream(full)))
                    .as("%s", format)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");
        }
    }

    @Test
    void eachRefusalHasItsWordsAndItsCode() {
        assertRefused(archive.url(), "exporter", "wrong", 5, "exporter may not log in");
        assertRefused("jdbc:postgresql://127.0.0.1:1/x", "exporter", "x", 3, "No database at");
        assertRefused(
                archive.url() + "_not",
                ArchiveFixture.USER,
                ArchiveFixture.PASSWORD,
                4,
                "There is no archive");
        archive.execute(
                "DROP ROLE IF EXISTS stranger; CREATE ROLE stranger LOGIN PASSWORD 'stranger'");
        assertRefused(
                archive.url(), "stranger", "stranger", 5, "stranger may not read the archive");
    }

    private void assertRefused(String url, String user, String password, int code, String words) {
        assertThatThrownBy(() ->
                        new ArchiveExport(url, user, password)
                                .run(
                                        Subject.BATTLES,
                                        ALWAYS,
                                        ExportFormat.CSV,
                                        ExportTarget.stream(OutputStream.nullOutputStream()),
                                        _ -> {}))
                .isInstanceOfSatisfying(
                        ExportException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(words)
                .hasMessageNotContaining(ArchiveFixture.PASSWORD);
    }

    private long export(Subject subject, Period period, ExportFormat format, ExportTarget target)
            throws IOException {
        return new ArchiveExport(archive.url(), ArchiveFixture.USER, ArchiveFixture.PASSWORD)
                .run(subject, period, format, target, _ -> {});
    }

    private static String view(Subject subject) {
        String query = subject.query(ALWAYS);
        return query.substring(query.lastIndexOf('.') + 1);
    }

    private Map<String, String> types(String view) {
        Map<String, String> types = new LinkedHashMap<>();
        for (@Nullable String[] column :
                archive.pairs(
                        "SELECT column_name, udt_name FROM information_schema.columns"
                                + " WHERE table_schema = 'analytics' AND table_name = '"
                                + view
                                + "' ORDER BY ordinal_position")) {
            types.put(Objects.requireNonNull(column[0]), Objects.requireNonNull(column[1]));
        }
        return types;
    }

    /** What there is, each value as a text that PostgreSQL made. */
    private List<String> rows(String view, ReadBack reading) {
        String object =
                reading.types().entrySet().stream()
                        .map(column -> "'%s', %s".formatted(column.getKey(), text(column)))
                        .collect(Collectors.joining(", ", "json_build_object(", ")"));
        return archive
                .pairs("SELECT %s::text, NULL FROM analytics.%s".formatted(object, view))
                .stream()
                .map(pair -> reading.object(Objects.requireNonNull(pair[0])))
                .sorted()
                .toList();
    }

    private static String text(Map.Entry<String, String> column) {
        return switch (column.getValue()) {
            case "timestamptz" ->
                    "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                            .formatted(column.getKey());
            case "_text", "_int8" -> "to_json(%s)::text".formatted(column.getKey());
            default -> column.getKey() + "::text";
        };
    }
}
