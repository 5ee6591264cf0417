package dev.battlestream.judge.judging.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.FailureClass;
import dev.battlestream.events.JudgeStage;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.ValidatorType;
import dev.battlestream.events.Verdict;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.schemas.LogRetention;
import dev.battlestream.schemas.OtherPartitionsException;
import dev.battlestream.schemas.TopicCreation;
import dev.battlestream.testkit.ForkedProcess;
import dev.battlestream.testkit.Infra;
import dev.battlestream.testkit.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole service, in a process of its own, on a real broker and registry. */
class JudgeServiceTest {

    private static final Pattern PORT = Pattern.compile("Jetty started on port (\\d+)");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir private static Path folder;

    private static JudgeUnderTest around;
    private static ForkedProcess judge;
    private static int starts;

    private final String battle = UUID.randomUUID().toString();

    @BeforeAll
    static void startAll() {
        around = new JudgeUnderTest(folder);
        judge = startJudge();
    }

    @AfterAll
    static void stopAll() {
        judge.kill();
        around.close();
    }

    @Test
    void theTopicsOfALivePlatformKeepTheirPartitions() {
        Map<String, Object> clients =
                Map.of("bootstrap.servers", Infra.shared().bootstrapServers());
        TopicCreation.ensure(clients, JudgeUnderTest.PARTITIONS, (short) 1, LogRetention.DEFAULT);

        assertThatThrownBy(() ->
                        TopicCreation.ensure(
                                clients,
                                JudgeUnderTest.PARTITIONS + 1,
                                (short) 1,
                                LogRetention.DEFAULT))
                .isInstanceOf(OtherPartitionsException.class)
                .hasMessageContaining("has 4 partitions, but BATTLESTREAM_PARTITIONS is 5")
                .hasMessageContaining("set BATTLESTREAM_PARTITIONS=4");
        TopicCreation.ensure(clients, JudgeUnderTest.PARTITIONS, (short) 1, LogRetention.DEFAULT);
    }

    @Test
    void aTurnGoesInAndItsVerdictComesOut() {
        around.publish(
                Records.turn(battle, 1, "Hello"), "traceparent", "00-1-2-01", "x-request-id", "r1");
        VerdictIssued first = around.awaitVerdict(battle, 1);
        around.publish(Records.turn(battle, 2, "GOAL-REACHED"));
        VerdictIssued second = around.awaitVerdict(battle, 2);

        assertThat(first.getVerdict()).isEqualTo(Verdict.NO);
        assertThat(first.getDecidedBy()).isEqualTo(JudgeStage.FAST);
        assertThat(first.getConfidence()).isEqualTo(0.9);
        assertThat(first.getTokensIn()).isPositive();
        assertThat(first.getCostUsd()).isPositive();
        assertThat(second.getVerdict()).isEqualTo(Verdict.YES);
        assertThat(second.getDecidedBy()).isEqualTo(JudgeStage.STRONG);
        assertThat(second.getConfidence()).isBetween(0.9, 0.98);
        var headers = around.records(battle).getFirst().headers();
        assertThat(headers.lastHeader("x-request-id").value())
                .isEqualTo("r1".getBytes(StandardCharsets.UTF_8));
        assertThat(headers.lastHeader("traceparent").value())
                .isEqualTo("00-1-2-01".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void repeatedTurnsAreJudgedOnce() {
        TurnProduced turn = Records.turn(battle, 1, "Hello");
        for (int i = 0; i < 5; i++) {
            around.publish(turn);
        }
        around.awaitVerdict(battle, 1);
        around.publish(turn);
        around.publish(Records.turn(battle, 2, "Hello"));
        around.awaitVerdict(battle, 2);

        assertThat(around.verdicts(battle)).hasSize(2);
        assertThat(around.calls(battle)).isEqualTo(2);
    }

    @Test
    void aValidatorSparesTheModelAndABrokenOneIsTheRequestsFault() {
        around.publish(
                Records.turn(
                        battle, 1, "done", "", Records.validator(ValidatorType.CONTAINS, "done")));
        String other = UUID.randomUUID().toString();
        around.publish(
                Records.turn(other, 1, "done", "", Records.validator(ValidatorType.REGEX, "(")));

        assertThat(around.awaitVerdict(battle, 1).getDecidedBy()).isEqualTo(JudgeStage.VALIDATOR);
        assertThat(around.awaitVerdict(other, 1).getFailure().getFailureClass())
                .isEqualTo(FailureClass.REQUEST);
        assertThat(around.calls(battle) + around.calls(other)).isZero();
    }

    @Test
    void aModelThatFailsForGoodIsAFailureOfTheJudge() {
        around.publish(Records.turn(battle, 1, "Hello", "scripted:broken"));

        VerdictIssued verdict = around.awaitVerdict(battle, 1);

        assertThat(verdict.getFailure().getFailureClass()).isEqualTo(FailureClass.JUDGE);
        assertThat(verdict.getVerdict()).isEqualTo(Verdict.UNCERTAIN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scripted:says-yes     | scripted:says-yes      | YES       | STRONG | 2 |",
                "scripted:says-yes     | scripted:never         | UNCERTAIN | STRONG | 3 | information unavailable",
                "scripted:says-yes     | scripted:unsure        | UNCERTAIN | STRONG | 2 |",
                "scripted:says-yes     | scripted:judge         | NO        | STRONG | 2 |",
                "scripted:says-yes     | scripted:yes-in-the-end| YES       | STRONG | 3 |",
                "scripted:never        | scripted:says-yes      | UNCERTAIN | FAST   | 2 | information unavailable",
                "scripted:judge        | scripted:says-yes      | NO        | FAST   | 1 |",
                "scripted:unsure       | scripted:says-yes      | UNCERTAIN | FAST   | 1 |"
            })
    void fastAndStrongJudgeTogether(
            String fast, String strong, Verdict verdict, JudgeStage stage, int calls, String why) {
        around.publish(Records.turn(battle, 1, "Hello", fast, strong));

        VerdictIssued issued = around.awaitVerdict(battle, 1);

        assertThat(issued.getVerdict()).isEqualTo(verdict);
        assertThat(issued.getDecidedBy()).isEqualTo(stage);
        assertThat(issued.getFailure()).isNull();
        assertThat(around.calls(battle)).isEqualTo(calls);
        if (why != null) {
            assertThat(issued.getReason()).isEqualTo(why);
        }
    }

    @Test
    void aStrongJudgeThatFailsForGoodIsAFailureOfTheJudge() {
        around.publish(Records.turn(battle, 1, "Hello", "scripted:says-yes", "scripted:broken"));

        VerdictIssued verdict = around.awaitVerdict(battle, 1);

        assertThat(verdict.getFailure().getFailureClass()).isEqualTo(FailureClass.JUDGE);
        assertThat(verdict.getDecidedBy()).isEqualTo(JudgeStage.STRONG);
        assertThat(verdict.getVerdict()).isEqualTo(Verdict.UNCERTAIN);
    }

    @Test
    void bytesThatAreNoTurnGoToTheDeadLetterTopicAndJudgingGoesOn() {
        String noise = "noise " + battle;
        around.publishNoise(battle, noise.getBytes(StandardCharsets.UTF_8));
        around.publish(Records.turn(battle, 1, "Hello"));

        around.awaitVerdict(battle, 1);
        assertThat(around.awaitDeadLetter(battle)).asString().isEqualTo(noise);
    }

    @Test
    void itSaysHowItIs() throws IOException, InterruptedException {
        around.publish(Records.turn(battle, 1, "Hello"));
        around.awaitVerdict(battle, 1);

        // A rebalance that an earlier test caused may still be going on.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200));
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health").body()).contains("judgingsInFlight");
        assertThat(get("/actuator/prometheus").body())
                .contains(
                        "effects_dispatched_total",
                        "judge_rulings_seconds",
                        "judge_records_dropped_total",
                        "kafka_consumer_fetch_manager_records_lag");
    }

    @Test
    void aShutdownWaitsForTheJudgingInFlight() {
        around.publish(Records.turn(battle, 1, "Hello", "scripted:slow-no"));
        await().atMost(Duration.ofSeconds(30)).until(() -> around.calls(battle) == 1);

        judge.terminate();
        boolean ended = judge.awaitExit(Duration.ofSeconds(40));

        assertThat(ended).isTrue();
        VerdictIssued verdict = around.awaitVerdict(battle, 1);
        assertThat(verdict.getAttempt()).isEqualTo(1);
        assertThat(verdict.getLatencyMs()).isBetween(900L, 20_000L);
        judge = startJudge();
        around.publish(Records.turn(battle, 2, "Hello"));
        around.awaitVerdict(battle, 2);
        assertThat(around.calls(battle)).isEqualTo(2);
    }

    @Test
    void afterAKillEveryTurnIsJudgedAndOnlyCallsInFlightAreRepeated() {
        List<String> battles =
                Stream.generate(() -> UUID.randomUUID().toString()).limit(40).toList();
        battles.forEach(each -> around.publish(Records.turn(each, 1, "Hello")));
        battles.forEach(each -> around.awaitVerdict(each, 1));
        int before = around.calls();
        battles.subList(0, 20)
                .forEach(each -> around.publish(Records.turn(each, 2, "Hi", "scripted:slow-no")));
        await().atMost(Duration.ofSeconds(30)).until(() -> around.calls() > before);

        judge.kill();
        int atKill = around.calls();
        battles.subList(20, 40).forEach(each -> around.publish(Records.turn(each, 2, "Hi")));
        judge = startJudge();
        battles.forEach(each -> around.awaitVerdict(each, 2));

        int repeated = around.calls() - before - 40;
        assertThat(repeated).isBetween(0, atKill - before);
        for (String each : battles) {
            assertThat(new LinkedHashSet<>(turns(each))).containsExactly(1, 2);
        }
    }

    @Test
    void readingEverythingAgainMakesNoCall() {
        List<String> battles = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String each = UUID.randomUUID().toString();
            battles.add(each);
            for (int turn = 1; turn <= 3; turn++) {
                around.publish(Records.turn(each, turn, "Hello"));
                if (i % 2 == 0) {
                    around.awaitVerdict(each, turn);
                }
            }
        }
        battles.forEach(each -> around.awaitVerdict(each, 3));
        judge.terminate();
        assertThat(judge.awaitExit(Duration.ofSeconds(40))).isTrue();
        int before = around.calls();

        around.resetOffsets();
        judge = startJudge();
        around.publish(Records.turn(battle, 1, "Hello"));
        around.awaitVerdict(battle, 1);
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        metric("judge_records_dropped_total", "reason=\"repeated-turn\"") >= 60);

        assertThat(around.calls()).isEqualTo(before + 1);
    }

    private static List<Integer> turns(String battle) {
        return around.verdicts(battle).stream().map(VerdictIssued::getTurn).toList();
    }

    private static ForkedProcess startJudge() {
        Path log = Path.of("target", "judge-under-test-" + ++starts + ".log");
        // A judge that is killed leaves what it had there.
        Path temporary = folder.resolve("temporary").toAbsolutePath();
        try {
            // The log of an earlier run would tell its port.
            Files.deleteIfExists(log);
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JavaProcess process = JavaProcess.main(JudgeUnderTest.mainClass()).log(log);
        process.jvm(
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary);
        for (Map.Entry<String, String> setting : around.settings().entrySet()) {
            process.env(setting.getKey(), setting.getValue());
        }
        return process.start();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static double metric(String name, String tag) throws IOException, InterruptedException {
        return get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name) && line.contains(tag))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static int port() {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                judge.logTail(1_000).stream()
                                        .map(PORT::matcher)
                                        .filter(Matcher::find)
                                        .map(found -> Integer.parseInt(found.group(1)))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
