package dev.battlestream.report.archive.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the analysts' role may see, and what it may not do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnalystsTest {

    private static final Pattern BUFFERS = Pattern.compile("(?:hit|read)=(\\d+)");

    private AnalystDatabase database;

    @BeforeAll
    void fill() {
        database = AnalystDatabase.migrated().withRows();
        database.execute(
                """
                CREATE SCHEMA gateway;
                CREATE TABLE gateway.jobs (request_body text, key_hash text);
                """);
    }

    @Test
    void everyViewAndColumnSaysWhatItIs() {
        assertThat(
                        database.owner()
                                .sql(
                                        """
                                        SELECT shown.oid::regclass || '.' || coalesce(attname, '')
                                        FROM pg_class AS shown
                                        LEFT JOIN pg_attribute ON attrelid = shown.oid AND attnum > 0
                                        WHERE relnamespace = 'analytics'::regnamespace AND relkind = 'v'
                                          AND (obj_description(shown.oid, 'pg_class') IS NULL
                                               OR col_description(shown.oid, attnum) IS NULL)
                                        """)
                                .query(String.class)
                                .list())
                .isEmpty();
    }

    @Test
    void everyViewIsReadAndHasRows() throws SQLException {
        List<String> views = names("SELECT viewname FROM pg_views WHERE schemaname = 'analytics'");
        assertThat(views).hasSize(12);
        try (Connection analyst = database.analyst();
                Statement statement = analyst.createStatement()) {
            for (String view : views) {
                try (ResultSet row =
                        statement.executeQuery("SELECT * FROM analytics." + view + " LIMIT 1")) {
                    assertThat(row.next()).as(view).isTrue();
                }
            }
        }
    }

    @Test
    void noTableBehindTheViewsIsRead() throws SQLException {
        List<String> tables =
                names(
                        """
                        SELECT oid::regclass::text FROM pg_class
                        WHERE relnamespace IN ('report'::regnamespace, 'gateway'::regnamespace)
                          AND relkind IN ('r', 'p')
                        """);
        assertThat(tables)
                .contains(
                        "gateway.jobs",
                        "report.message",
                        "report.deletion",
                        "report.flyway_schema_history");
        try (Connection analyst = database.analyst()) {
            for (String table : tables) {
                assertThatThrownBy(() -> run(analyst, "SELECT * FROM " + table))
                        .as(table)
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void nothingIsWrittenAlsoByOneWhoTurnsReadOnlyOff() throws SQLException {
        List<String> writes =
                List.of(
                        "DELETE FROM analytics.battles",
                        "UPDATE analytics.messages SET content = ''",
                        "INSERT INTO analytics.battles (battle_id) VALUES (gen_random_uuid())",
                        "CREATE TABLE analytics.mine (a integer)",
                        "CREATE TABLE public.mine (a integer)",
                        "CREATE SCHEMA mine",
                        "CREATE ROLE mine",
                        "TRUNCATE report.message",
                        "SELECT report.drop_months_before('2999-01-01')",
                        "CREATE FUNCTION analytics.mine() RETURNS integer LANGUAGE sql RETURN 1",
                        "SELECT pg_read_file('/etc/hostname')",
                        "COPY (SELECT 1) TO PROGRAM 'true'");
        try (Connection analyst = database.analyst()) {
            assertThatThrownBy(() -> run(analyst, "CREATE TEMPORARY TABLE mine (a integer)"))
                    .hasMessageContaining("read-only transaction");
            for (String write : writes) {
                assertThatThrownBy(() -> run(analyst, write))
                        .as(write)
                        .isInstanceOf(SQLException.class);
            }
            run(analyst, "SET default_transaction_read_only = off");
            for (String write : writes) {
                assertThatThrownBy(() -> run(analyst, write))
                        .as(write)
                        .hasMessageMatching(
                                "(?s).*(permission denied|cannot (delete|update|insert)).*");
            }
        }
    }

    @Test
    void theLoginHasTheLimitsOfTheGroup() throws SQLException {
        assertThat(settings("battlestream_analyst"))
                .containsExactlyInAnyOrder(
                        "default_transaction_read_only=on",
                        "statement_timeout=60s",
                        "idle_in_transaction_session_timeout=60s",
                        "idle_session_timeout=1h");
        assertThat(settings(AnalystDatabase.LOGIN)).containsAll(settings("battlestream_analyst"));
        try (Connection analyst = database.analyst();
                Statement statement = analyst.createStatement();
                ResultSet shown = statement.executeQuery("SHOW statement_timeout")) {
            assertThat(shown.next()).isTrue();
            assertThat(shown.getString(1)).isEqualTo("1min");
        }
    }

    @Test
    void aStatementThatTakesTooLongIsStopped() throws SQLException {
        try (Connection analyst = database.analyst()) {
            run(analyst, "SET statement_timeout = '50ms'");
            assertThatThrownBy(() -> run(analyst, "SELECT pg_sleep(60)"))
                    .hasMessageContaining("statement timeout");
        }
    }

    @Test
    void theBoundsAreThoseOfWilson() {
        // The same examples as in WilsonIntervalTest.
        assertThat(
                        database.text(
                                """
                                SELECT string_agg(format('%s-%s', round(low::numeric, 7), round(high::numeric, 7)), ' ' ORDER BY n)
                                FROM (SELECT n, analytics.wilson_low(s, n) AS low, analytics.wilson_high(s, n) AS high
                                      FROM (VALUES (8, 10), (0, 20), (30, 30), (0, 0)) AS one (s, n)) AS bounds
                                """))
                .isEqualTo("- 0.4901625-0.9433178 0.0000000-0.1611252 0.8864866-1.0000000");
    }

    @Test
    void theSumsAreThoseOfTheBattles() {
        assertThat(
                        database.text(
                                """
                                SELECT (SELECT sum(cost_usd) FROM analytics.cost_by_role_and_day WHERE role <> 'unsettled')
                                     = (SELECT sum(cost_usd) FROM analytics.battles)
                                   AND (SELECT sum(battles) FROM analytics.success_by_model_and_day)
                                     = (SELECT count(ended_at) FROM analytics.battles)
                                   AND (SELECT sum(goals) FROM analytics.success_by_model_and_day)
                                     = (SELECT count(*) FROM analytics.battles WHERE end_reason = 'goal')
                                   AND (SELECT sum(battles) FROM analytics.ends_by_day)
                                     = (SELECT count(ended_at) FROM analytics.battles)
                                   AND (SELECT sum(turns) FROM analytics.turn_latency_by_model_and_day)
                                     = (SELECT count(*) FROM analytics.messages WHERE NOT failed)
                                   AND (SELECT sum(decisions) FROM analytics.judge_agreement_by_day)
                                     = (SELECT count(*) FROM analytics.judge_decisions)
                                   AND (SELECT sum(both_asked) FROM analytics.judge_agreement_by_day)
                                     = (SELECT count(*) FROM analytics.judge_stages WHERE stage = 'strong')
                                   AND (SELECT sum(models_no) FROM analytics.judge_agreement_by_day)
                                     = (SELECT count(*) FROM analytics.judge_stages WHERE verdict = 'uncertain')
                                """))
                .isEqualTo("true");
    }

    @Test
    void percentilesAreByNearestRank() {
        assertThat(
                        database.text(
                                """
                                WITH first AS (SELECT * FROM analytics.turn_latency_by_model_and_day
                                               ORDER BY turns DESC, day, speaker, model LIMIT 1),
                                     all_of_it AS (SELECT array_agg(latency_ms ORDER BY latency_ms) AS ms
                                               FROM analytics.messages, first
                                               WHERE (produced_at AT TIME ZONE 'UTC')::date = first.day
                                                 AND messages.speaker = first.speaker
                                                 AND messages.model = first.model AND NOT failed)
                                SELECT p50_ms = ms[ceil(0.50 * turns)::integer] AND p90_ms = ms[ceil(0.90 * turns)::integer]
                                   AND p95_ms = ms[ceil(0.95 * turns)::integer] AND p99_ms = ms[ceil(0.99 * turns)::integer]
                                   AND max_ms = ms[turns]
                                FROM first, all_of_it
                                """))
                .isEqualTo("true");
    }

    @Test
    void stagesThatAreNoListAreNoRowsAndNoError() {
        AnalystDatabase other = AnalystDatabase.migrated();
        other.execute(
                """
                SELECT report.add_month('2026-03-01');
                INSERT INTO report.judge_decision
                SELECT '2026-03-01', gen_random_uuid(), 1, 1, 'no', 'unknown', 0, '{}', '', NULL, 0, 0, 0, 0,
                       now(), NULL, stages::jsonb
                FROM unnest(ARRAY['{}', '[]', '[{}]', '"text"', 'null']) AS stages;
                """);

        assertThat(other.text("SELECT count(*) FROM analytics.judge_stages")).isEqualTo("1");
        assertThat(
                        other.text(
                                "SELECT decisions || ' ' || both_asked FROM analytics.judge_agreement_by_day"))
                .isEqualTo("5 0");
    }

    @Test
    void aRangeOfTimesOrDaysReadsFewPages() {
        AnalystDatabase large = AnalystDatabase.migrated();
        large.execute(
                """
                SELECT report.add_month(month::date) FROM generate_series('2026-01-01'::date, '2026-04-01', '1 month') AS month;
                INSERT INTO report.message
                SELECT date_trunc('month', at), md5(at::text)::uuid, seq, seq, 'agent', repeat('word ', 40), 'm', NULL,
                       1, 1, 0, seq, 1, at AT TIME ZONE 'UTC', false
                FROM generate_series('2026-01-01'::timestamp, '2026-04-30', '5 minutes') AS at, generate_series(1, 2) AS seq
                """);
        large.execute("VACUUM ANALYZE report.message");
        long pages =
                Long.parseLong(
                        large.text(
                                "SELECT sum(relpages) FROM pg_class WHERE relname LIKE 'message_2026_0_'"));

        for (String query :
                List.of(
                        "SELECT count(*), max(content) FROM analytics.messages"
                                + " WHERE produced_at >= '2026-02-10' AND produced_at < '2026-02-12'",
                        "SELECT * FROM analytics.turn_latency_by_model_and_day"
                                + " WHERE day BETWEEN '2026-02-10' AND '2026-02-11'")) {
            List<String> plan =
                    large.texts("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) " + query);
            String buffers =
                    plan.stream()
                            .filter(line -> line.contains("Buffers:"))
                            .findFirst()
                            .orElseThrow();
            long read = 0;
            var figures = BUFFERS.matcher(buffers);
            while (figures.find()) {
                read += Long.parseLong(figures.group(1));
            }
            assertThat(read).as(String.join("\n", plan)).isPositive().isLessThan(pages / 6);
        }
    }

    private List<String> names(String query) {
        return database.texts(query);
    }

    private List<String> settings(String role) {
        return names("SELECT unnest(rolconfig) FROM pg_roles WHERE rolname = '" + role + "'");
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }
}
