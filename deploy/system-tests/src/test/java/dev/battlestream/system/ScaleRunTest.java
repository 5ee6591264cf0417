package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.events.ModelJudge;
import dev.battlestream.events.RunEndReason;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.events.Variant;
import dev.battlestream.policy.MemberIds;
import dev.battlestream.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whoever is killed meanwhile, a scale run plays every member once, never more than allowed at a
 * time, and its report says what the log says.
 *
 * <p>Small by default; {@code -Dbattlestream.scale.members=2000
 * -Dbattlestream.scale.concurrency=200 -Dbattlestream.scale.model=scripted:slow} is the whole size;
 * with {@code -Dbattlestream.scale.kills=false} nobody dies, which is how fast it can be.
 */
@Timeout(1_800)
class ScaleRunTest {

    private static final int MEMBERS = Integer.getInteger("battlestream.scale.members", 60);
    private static final int CONCURRENCY = Integer.getInteger("battlestream.scale.concurrency", 12);
    private static final String MODEL =
            System.getProperty("battlestream.scale.model", "scripted:goal-at-4");
    private static final boolean KILLS =
            Boolean.parseBoolean(System.getProperty("battlestream.scale.kills", "true"));
    private static final int TURNS = 4;
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Platform platform = Platform.shared();
    private final String runId = UUID.randomUUID().toString();

    @Test
    void aRunFromKafkaSurvivesAKillOfEachServiceAndItsReportSaysWhatTheLogSays() throws Exception {
        platform.with(
                ServiceKind.RUNNER, ServiceKind.JUDGE, ServiceKind.REPORT, ServiceKind.GATEWAY);
        try (RunLog log = new RunLog(platform.infra(), runId);
                Gateway gateway = new Gateway(platform.service(ServiceKind.GATEWAY))) {
            long resultsBefore = platform.written(Topics.BATTLE_TURNS);
            log.request(request());
            if (KILLS) {
                killEachOnce(log);
            }

            ScaleRunEnded ended = log.awaitEnd(LIMIT);

            assertThat(ended.getReason()).isEqualTo(RunEndReason.COMPLETED);
            assertThat(ended.getLaunched()).isEqualTo(MEMBERS);
            assertThat(log.outcomes()).isEqualTo(1);
            assertEachMemberOnce(log.members());
            assertThat(mostAtOnce(log.members())).isEqualTo(CONCURRENCY);
            JsonNode report = finished(gateway);
            assertThat(report.path("launched").asInt()).isEqualTo(MEMBERS);
            assertThat(report.path("members")).hasSize(MEMBERS);
            new RunFigures(log.ends()).assertAgreesWith(report);
            assertThat(ended.getGoals())
                    .isEqualTo(report.path("successRate").path("goals").asInt());
            assertThat(ended.getCostUsd())
                    .isEqualByComparingTo(report.at("/usage/costUsd").asText());
            printSpeed(ended, log, platform.written(Topics.BATTLE_TURNS) - resultsBefore);
        }
    }

    private void killEachOnce(RunLog log) throws Exception {
        log.awaitEndedMembers(MEMBERS / 4, LIMIT);
        platform.service(ServiceKind.RUNNER).kill();
        platform.service(ServiceKind.RUNNER).start().awaitReady();
        log.awaitEndedMembers(MEMBERS / 2, LIMIT);
        platform.service(ServiceKind.JUDGE).kill();
        platform.service(ServiceKind.REPORT).kill();
        platform.service(ServiceKind.JUDGE).start().awaitReady();
        platform.service(ServiceKind.REPORT).start().awaitReady();
    }

    /** Launched once and ended once, in this order, with the ids of the contract. */
    private void assertEachMemberOnce(List<RunMemberChanged> members) {
        assertThat(
                        members.stream()
                                .filter(member -> member.getOutcome() == null)
                                .map(RunMemberChanged::getIndex))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, MEMBERS).boxed().toList());
        assertThat(
                        members.stream()
                                .filter(member -> member.getOutcome() != null)
                                .map(RunMemberChanged::getIndex))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, MEMBERS).boxed().toList());
        assertThat(members)
                .allSatisfy(member ->
                        assertThat(member.getBattleId())
                                .isEqualTo(
                                        MemberIds.of(UUID.fromString(runId), member.getIndex())
                                                .toString()));
    }

    /** The most members that ran at once, by the order of the log. */
    private static int mostAtOnce(List<RunMemberChanged> members) {
        int running = 0;
        int most = 0;
        for (RunMemberChanged member : members) {
            running += member.getOutcome() == null ? 1 : -1;
            most = Math.max(most, running);
        }
        return most;
    }

    private JsonNode finished(Gateway gateway) throws Exception {
        await("the final report")
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        gateway.get("/api/scale/" + runId + "/report?partial=true")
                                .contains("\"final\":true"));
        return JSON.readTree(gateway.get("/api/scale/" + runId + "/report"));
    }

    private ScaleRunRequested request() {
        return ScaleRunRequested.newBuilder()
                .setRunId(runId)
                .setRequestedAt(Instant.now())
                .setRunCount(MEMBERS)
                .setConcurrency(CONCURRENCY)
                .setSeed(417L)
                .setVariants(
                        List.of(
                                Variant.newBuilder().setName("plain").build(),
                                Variant.newBuilder()
                                        .setName("never")
                                        .setModel(
                                                MODEL.equals("scripted:goal-at-4")
                                                        ? "scripted:never"
                                                        : MODEL)
                                        .build()))
                .setBattle(
                        BattleRequested.newBuilder()
                                .setBattleId("")
                                .setRequestedAt(Instant.now())
                                .setModel(MODEL)
                                .setMessageLimit(TURNS)
                                .setGoal("The goal is reached.")
                                .setJudging(
                                        JudgingPolicy.newBuilder()
                                                .setFast(new ModelJudge("scripted:judge", ""))
                                                .build())
                                .build())
                .build();
    }

    /**
     * Wall time against members ÷ concurrency × what a battle's models took in the mean, and
     * against what a scheduler needs that costs nothing: there the last members run alone, too.
     */
    private static void printSpeed(ScaleRunEnded ended, RunLog log, long results) {
        double wall = Duration.between(ended.getStartedAt(), ended.getEndedAt()).toMillis();
        double models =
                (double) log.ends().stream().mapToLong(ScaleRunTest::modelMs).sum() / CONCURRENCY;
        double scheduled = scheduled(log.ends());
        System.out.printf(
                "scale run: %d members at %d, %d results, wall %.1f s, models alone %.1f s (ratio"
                        + " %.3f), with their last members %.1f s (ratio %.3f)%n",
                MEMBERS,
                CONCURRENCY,
                results,
                wall / 1_000,
                models / 1_000,
                wall / models,
                scheduled / 1_000,
                wall / scheduled);
    }

    private static long modelMs(RunMemberChanged end) {
        return end.getOutcome().getTurnLatenciesMs().stream().mapToLong(latency -> latency).sum();
    }

    /** When the last member ends if each begins the moment another one has ended. */
    private static double scheduled(List<RunMemberChanged> ends) {
        PriorityQueue<Long> free = new PriorityQueue<>(Collections.nCopies(CONCURRENCY, 0L));
        ends.stream()
                .sorted(Comparator.comparingInt(RunMemberChanged::getIndex))
                .forEach(end -> free.add(free.remove() + modelMs(end)));
        return Collections.max(free);
    }
}
