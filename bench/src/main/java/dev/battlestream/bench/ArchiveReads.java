package dev.battlestream.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What reads cost when many battles lie in the archive, against the same with few, over HTTP
 * through gateway and report service. The arms are two platforms and take turns in the order ABBA.
 * The battles are written as rows of a year, not played: no view knows them.
 */
@Command(
        name = "archive-reads",
        description = "Lists and status with a million archived battles against a thousand.")
final class ArchiveReads implements Callable<Integer> {

    private static final int STEP = 50_000;
    private static final int DAYS = 330;

    @Option(names = "--few-gateway", required = true, description = "gateway with few battles")
    private URI fewGateway = URI.create("");

    @Option(names = "--few-jdbc", required = true, description = "its archive")
    private String fewJdbc = "";

    @Option(names = "--many-gateway", required = true, description = "gateway with many battles")
    private URI manyGateway = URI.create("");

    @Option(names = "--many-jdbc", required = true, description = "its archive")
    private String manyJdbc = "";

    @Option(names = "--user", defaultValue = "battlestream", description = "of both archives")
    private String user = "";

    @Option(names = "--password", defaultValue = "battlestream", description = "of both archives")
    private String password = "";

    @Option(names = "--few", defaultValue = "1000", description = "battles, ${DEFAULT-VALUE}")
    private int few;

    @Option(names = "--many", defaultValue = "1000000", description = "battles, ${DEFAULT-VALUE}")
    private int many;

    @Option(names = "--blocks", defaultValue = "6", description = "ABBA blocks")
    private int blocks;

    @Option(names = "--requests", defaultValue = "100", description = "requests in an arm")
    private int requests;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Random random = new Random(417);

    /** One of the two platforms. */
    private record Arm(URI gateway, List<String> ids) {}

    /** What is asked, of a battle of the arm that is drawn anew each time. */
    private interface Question {

        String path(String battleId);
    }

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        PrintStream out = System.out;
        Arm small = new Arm(fewGateway, fill(fewJdbc, few));
        Arm large = new Arm(manyGateway, fill(manyJdbc, many));
        Instant middle = Instant.now().minus(DAYS / 2, ChronoUnit.DAYS);
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put("list, first page", _ -> "/api/battles?limit=50");
        questions.put(
                "list, of an agent and state",
                _ -> "/api/battles?agentId=agent-7&state=completed&limit=50");
        questions.put("list, from the middle", _ -> "/api/battles?limit=50&to=" + middle);
        questions.put("status", id -> "/api/battles/" + id);
        questions.put("messages", id -> "/api/battles/" + id + "/messages");
        questions.put("verdicts", id -> "/api/battles/" + id + "/verdicts");
        out.printf(
                Locale.ROOT,
                "java %s; PostgreSQL on the same machine, fsync on; %d requests in an arm, %d blocks ABBA%n",
                Runtime.version(),
                requests,
                blocks);
        out.printf(
                "%-30s %14s %14s %8s %s%n",
                "read", few + " p50 ms", many + " p50 ms", "ratio", "(blocks)");
        for (Map.Entry<String, Question> question : questions.entrySet()) {
            measure(out, question.getKey(), question.getValue(), small, large);
        }
        out.println("delivery: every answer was 200, lists full, every battle with its rows");
        return 0;
    }

    private void measure(PrintStream out, String name, Question question, Arm small, Arm large)
            throws IOException, InterruptedException {
        ask(small, question);
        ask(large, question);
        List<Long> allFew = new ArrayList<>();
        List<Long> allMany = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            List<Long> a = ask(large, question);
            List<Long> b = ask(small, question);
            b.addAll(ask(small, question));
            a.addAll(ask(large, question));
            ratios.add(Distribution.of(a).percentile(50) / Distribution.of(b).percentile(50));
            allMany.addAll(a);
            allFew.addAll(b);
        }
        ratios.sort(null);
        double p50Few = Distribution.of(allFew).percentile(50);
        double p50Many = Distribution.of(allMany).percentile(50);
        out.printf(
                Locale.ROOT,
                "%-30s %14.2f %14.2f %8.2f (%.2f to %.2f)%n",
                name,
                p50Few,
                p50Many,
                p50Many / p50Few,
                ratios.getFirst(),
                ratios.getLast());
    }

    private List<Long> ask(Arm arm, Question question) throws IOException, InterruptedException {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            String id = arm.ids().get(random.nextInt(arm.ids().size()));
            HttpRequest request =
                    HttpRequest.newBuilder(arm.gateway().resolve(question.path(id))).build();
            long start = System.nanoTime();
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            nanos.add(System.nanoTime() - start);
            if (answer.statusCode() != 200 || answer.body().length() < 200) {
                throw new IllegalStateException(
                        "no result: %s answered %d %s"
                                .formatted(request.uri(), answer.statusCode(), answer.body()));
            }
        }
        return nanos;
    }

    /** Writes battles of a year with their rows, and draws some of them. */
    private List<String> fill(String jdbc, int battles) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    SELECT report.add_month(first::date) FROM generate_series(
                        date_trunc('month', now() - INTERVAL '%d days'), now(), INTERVAL '1 month')
                        AS first
                    """
                            .formatted(DAYS + 1));
            for (int from = 1; from <= battles; from += STEP) {
                insert(connection, from, Math.min(battles, from + STEP - 1), battles);
                System.err.printf("%d of %d battles written%n", from + STEP - 1, battles);
            }
            statement.execute("VACUUM ANALYZE");
            List<String> drawn = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery(
                            "SELECT md5('battle-' || n)::uuid FROM generate_series(1, %d) AS n ORDER BY random() LIMIT 1000"
                                    .formatted(battles))) {
                while (rows.next()) {
                    drawn.add(rows.getString(1));
                }
            }
            return drawn;
        }
    }

    private static void insert(Connection connection, int from, int to, int of)
            throws SQLException {
        String made =
                """
                WITH made AS (
                    SELECT n, md5('battle-' || n)::uuid AS id,
                           now() - n * (INTERVAL '%d days' / %d) AS at
                    FROM generate_series(?, ?) AS n),
                placed AS (
                    SELECT made.*, date_trunc('month', at AT TIME ZONE 'UTC')::date AS month
                    FROM made)
                """
                        .formatted(DAYS, of);
        for (String insert :
                List.of(
                        "INSERT INTO report.placement (id, month) SELECT id, month FROM placed",
                        """
                        INSERT INTO report.conversation
                            (month, battle_id, created_at, requested_at, client_id, agent_id,
                             model, message_limit, state, started_at, ended_at, end_reason,
                             turn_count, message_count, verdict_count,
                             agent_calls, agent_tokens_in, agent_tokens_out, agent_cost_usd,
                             opponent_calls, opponent_tokens_in, opponent_tokens_out,
                             opponent_cost_usd,
                             judge_calls, judge_tokens_in, judge_tokens_out, judge_cost_usd)
                        SELECT month, id, at, at, 'bench', 'agent-' || n % 20, 'scripted:instant',
                               25, CASE WHEN n % 5 = 0 THEN 'failed' ELSE 'completed' END,
                               at, at + INTERVAL '9 s',
                               CASE WHEN n % 5 = 0 THEN 'error' ELSE 'goal' END,
                               2, 2, 2, 2, 200, 20, 0.02, 0, 0, 0, 0, 2, 80, 8, 0.01
                        FROM placed
                        """,
                        """
                        INSERT INTO report.message
                            (month, battle_id, seq, turn, speaker, content, model, tokens_in,
                             tokens_out, cost_usd, latency_ms, calls, produced_at, failed)
                        SELECT month, id, seq, seq, 'agent', repeat(md5(n::text), 8),
                               'scripted:instant', 100, 10, 0.01, 250, 1,
                               at + seq * INTERVAL '4 s', false
                        FROM placed, generate_series(1, 2) AS seq
                        """,
                        """
                        INSERT INTO report.judge_decision
                            (month, battle_id, turn, seq, verdict, decided_by, confidence,
                             criteria_applied, reason, model, tokens_in, tokens_out, cost_usd,
                             latency_ms, issued_at, stages)
                        SELECT month, id, turn, turn, 'no', 'fast', 0.75, ARRAY['fast:goal'],
                               'not yet', 'scripted:judge', 40, 4, 0.005, 30,
                               at + turn * INTERVAL '4 s', '[]'
                        FROM placed, generate_series(1, 2) AS turn
                        """)) {
            try (PreparedStatement statement = connection.prepareStatement(made + insert)) {
                statement.setInt(1, from);
                statement.setInt(2, to);
                statement.executeUpdate();
            }
        }
    }
}
