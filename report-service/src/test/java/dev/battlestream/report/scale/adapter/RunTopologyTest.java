package dev.battlestream.report.scale.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.EndReason;
import dev.battlestream.events.RunEndReason;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.report.battle.adapter.Records;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.MemberResult;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunEvent;
import dev.battlestream.report.scale.RunSpecification;
import dev.battlestream.schemas.Topics;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTopologyTest {

    private static final String ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    private static final String OTHER = "7c9e6679-7425-40de-944b-e07fc1f90ae8";

    private final RunsDriver view = new RunsDriver();

    @AfterEach
    void close() {
        view.close();
    }

    @Test
    void aWholeRunIsKept() {
        view.publish(RunRecords.requested(ID, 2));
        view.publish(RunRecords.launched(ID, 1));
        view.publish(RunRecords.launched(ID, 2));
        view.publish(RunRecords.ended(ID, 2, EndReason.GOAL));
        view.publish(RunRecords.ended(ID, 1, EndReason.ERROR));
        view.publish(RunRecords.outcome(ID, RunEndReason.COMPLETED, 2));

        Run run = view.row(ID).run();
        assertThat(run.requestedAt()).isEqualTo(RunRecords.START);
        assertThat(run.specification())
                .isEqualTo(
                        ((RunEvent.Requested) RunAvro.event(RunRecords.requested(ID, 2), 0))
                                .specification());
        assertThat(run.ending())
                .isEqualTo(RunAvro.ending(RunRecords.outcome(ID, RunEndReason.COMPLETED, 2)));
        assertThat(run.asOf())
                .containsExactly(
                        new Run.AsOf("scale.members", 0, 4),
                        new Run.AsOf("scale.outcomes", 0, 1),
                        new Run.AsOf("scale.requests", 0, 1));
        assertThat(view.contents().members().values())
                .extracting(Member::index)
                .containsExactly(1, 2);
        assertThat(view.member(ID, 1)).isEqualTo(member(1, EndReason.ERROR, 4));
        assertThat(view.member(ID, 2)).isEqualTo(member(2, EndReason.GOAL, 3));
    }

    private static Member member(int index, EndReason reason, long place) {
        return new Member(
                index,
                RunRecords.launched(ID, index).getBattleId(),
                RunRecords.launched(ID, index).getAt(),
                ((RunEvent.MemberEnded) RunAvro.event(RunRecords.ended(ID, index, reason), place))
                        .result());
    }

    @Test
    void whatARequestSaysIsReadAndItsPromptsAreNot() {
        view.publish(RunRecords.requested(ID, 2));

        RunSpecification specification = specification();
        assertThat(specification.digest()).matches("[0-9a-f]{64}");
        assertThat(specification.agentId()).isEqualTo("support-bot");
        assertThat(specification.model()).isEqualTo("scripted:never");
        assertThat(specification.messageLimit()).isEqualTo(10);
        assertThat(specification.runCount()).isEqualTo(2);
        assertThat(specification.concurrency()).isEqualTo(2);
        assertThat(specification.variants())
                .containsExactly(
                        new RunSpecification.RunVariant("plain", ""),
                        new RunSpecification.RunVariant("other", "scripted:other"));
        assertThat(specification.seed()).isEqualTo(17);
        assertThat(specification.budgetUsd()).isEqualTo(new BigDecimal("1.500000000"));
        assertThat(specification.timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(specification.labels()).isEqualTo(Map.of("team", "blue", "build", "17"));
        assertThat(specification.toString()).doesNotContain("secret");
    }

    @Test
    void whatAMembersEndSaysIsRead() {
        view.publish(RunRecords.ended(ID, 1, EndReason.ERROR));

        MemberResult result = result(1);
        assertThat(result.reason()).isEqualTo(dev.battlestream.report.battle.EndReason.ERROR);
        assertThat(result.failure()).isNotNull();
        assertThat(result.turns()).isEqualTo(2);
        assertThat(result.turnLatenciesMs()).containsExactly(200L, 300L);
        assertThat(result.unsettledUsd()).isEqualTo(new BigDecimal("0.020000000"));
        assertThat(result.used().strongJudge()).isNotNull();
        assertThat(result.place()).isEqualTo(1);
    }

    private MemberResult result(int index) {
        Member member = Objects.requireNonNull(view.member(ID, index));
        return Objects.requireNonNull(member.result());
    }

    private RunSpecification specification() {
        return Objects.requireNonNull(view.row(ID).run().specification());
    }

    @Test
    void theFirstOfEachCountsAndTheRestAreCounted() {
        view.publish(RunRecords.requested(ID, 2));
        view.publish(RunRecords.launched(ID, 1));
        view.publish(RunRecords.ended(ID, 1, EndReason.GOAL));
        view.publish(RunRecords.outcome(ID, RunEndReason.COMPLETED, 1));
        RunsDriver.Contents once = view.contents();
        Run before = view.row(ID).run();

        view.publish(RunRecords.requested(ID, 9));
        view.publish(RunRecords.launched(ID, 1));
        view.publish(RunRecords.ended(ID, 1, EndReason.ERROR));
        view.publish(RunRecords.outcome(ID, RunEndReason.MANUAL, 9));

        assertThat(view.contents().members()).isEqualTo(once.members());
        Run run = view.row(ID).run();
        assertThat(run.specification()).isEqualTo(before.specification());
        assertThat(run.ending()).isEqualTo(before.ending());
        assertThat(run.asOf()).extracting(Run.AsOf::offset).containsExactly(4L, 2L, 2L);
        assertThat(view.dropped(RunTopology.VIEW, "duplicate")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverTheOrderAmongTheTopicsTheRowsAreTheSame(long seed) {
        Map<String, List<SpecificRecord>> log = log();
        log.values().forEach(topic -> topic.forEach(view::publish));
        RunsDriver.Contents inOrder = view.contents();

        try (RunsDriver other = new RunsDriver()) {
            interleaved(log, new Random(seed)).forEach(other::publish);

            assertThat(other.contents()).isEqualTo(inOrder);
        }
    }

    /** What a crash loses of either store on its own is written again by what it repeats. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aReplayRepairsWhatEitherStoreHasLost(long seed) {
        Random random = new Random(seed);
        List<SpecificRecord> records = interleaved(log(), random);
        int committed = random.nextInt(records.size());
        records.subList(0, committed).forEach(view::publish);
        RunsDriver.Contents atCommit = view.contents();
        records.subList(committed, records.size()).forEach(view::publish);
        RunsDriver.Contents whole = view.contents();

        try (RunsDriver again = new RunsDriver()) {
            again.publishAll(records.subList(0, committed));
            again.restore(
                    random.nextBoolean()
                            ? new RunsDriver.Contents(whole.runs(), atCommit.members())
                            : new RunsDriver.Contents(atCommit.runs(), whole.members()));
            again.publishAll(records.subList(committed, records.size()));

            assertThat(again.contents()).isEqualTo(whole);
        }
    }

    private static Map<String, List<SpecificRecord>> log() {
        List<SpecificRecord> members = new ArrayList<>();
        for (int index = 1; index <= 6; index++) {
            members.add(RunRecords.launched(ID, index));
            if (index > 2) {
                members.add(RunRecords.ended(ID, index - 2, EndReason.LIMIT));
                members.add(RunRecords.launched(OTHER, index - 2));
            }
        }
        members.add(RunRecords.launched(ID, 6));
        members.add(RunRecords.ended(ID, 6, EndReason.GOAL));
        members.add(RunRecords.ended(ID, 5, EndReason.ERROR));
        members.add(RunRecords.ended(ID, 5, EndReason.GOAL));
        Map<String, List<SpecificRecord>> log = new LinkedHashMap<>();
        log.put(
                Topics.SCALE_REQUESTS.name(),
                List.of(RunRecords.requested(ID, 6), RunRecords.requested(ID, 7)));
        log.put(Topics.SCALE_MEMBERS.name(), members);
        log.put(
                Topics.SCALE_OUTCOMES.name(),
                List.of(
                        RunRecords.outcome(ID, RunEndReason.COMPLETED, 6),
                        RunRecords.outcome(ID, RunEndReason.MANUAL, 1)));
        return log;
    }

    /** The records of all topics, those of each in their order. */
    private static List<SpecificRecord> interleaved(
            Map<String, List<SpecificRecord>> log, Random random) {
        List<List<SpecificRecord>> left = new ArrayList<>();
        log.values().forEach(topic -> left.add(new ArrayList<>(topic)));
        List<SpecificRecord> records = new ArrayList<>();
        while (!left.isEmpty()) {
            List<SpecificRecord> topic = left.get(random.nextInt(left.size()));
            records.add(topic.removeFirst());
            left.removeIf(List::isEmpty);
        }
        return records;
    }

    @Test
    void recordsThatCannotBelongToTheirKeyAreDroppedByName() {
        view.publish(null, RunRecords.launched(ID, 1), RunsDriver.NOW);
        view.publish("run-1", renamed("run-1"), RunsDriver.NOW);
        view.publish(OTHER, RunRecords.launched(ID, 1), RunsDriver.NOW);
        view.publishNothing(ID);

        assertThat(view.contents().runs()).isEmpty();
        assertThat(view.contents().members()).isEmpty();
        assertThat(view.dropped(RunTopology.INTAKE, "bad-key")).isEqualTo(2);
        assertThat(view.dropped(RunTopology.INTAKE, "key-mismatch")).isEqualTo(1);
        assertThat(view.dropped(RunTopology.INTAKE, "no-value")).isEqualTo(1);
    }

    private static RunMemberChanged renamed(String runId) {
        return RunMemberChanged.newBuilder(RunRecords.launched(ID, 1)).setRunId(runId).build();
    }

    @Test
    void aMemberWithoutAPlaceIsDropped() {
        view.publish(RunMemberChanged.newBuilder(RunRecords.launched(ID, 1)).setIndex(0).build());

        assertThat(view.contents().runs()).isEmpty();
        assertThat(view.dropped(RunTopology.VIEW, "bad-place")).isEqualTo(1);
    }

    @Test
    void everyChangeWakesTheFollowersOfItsRunAndADropNobody() {
        view.publish(RunRecords.requested(ID, 2));
        view.publish(RunRecords.launched(ID, 1));
        view.publish(RunRecords.ended(ID, 1, EndReason.GOAL));
        assertThat(view.woken).containsExactly(ID, ID, ID);

        view.publish(RunRecords.launched(ID, 1));
        assertThat(view.woken).hasSize(3);
    }

    @Test
    void theViewSaysHowFarItHasRead() {
        view.publish(RunRecords.launched(ID, 1));
        view.publish(RunRecords.launched(ID, 1));

        TopicPartition members = new TopicPartition(Topics.SCALE_MEMBERS.name(), 0);
        assertThat(view.positions.next(members, -1)).isEqualTo(2);
    }

    @Test
    void aRunLeavesWithItsMembersARetentionAfterItsOutcomeWasRecorded() {
        Instant later = RunsDriver.NOW.plus(Duration.ofDays(2));
        view.publish(ID, RunRecords.outcome(ID, RunEndReason.COMPLETED, 1), RunsDriver.NOW);
        view.publish(ID, RunRecords.ended(ID, 1, EndReason.GOAL), later);
        view.publish(OTHER, RunRecords.launched(OTHER, 1), RunsDriver.NOW);
        view.publish(OTHER, RunRecords.launched(OTHER, 2), later);

        view.pass(RunsDriver.RETENTION.minus(Duration.ofMinutes(2)));
        assertThat(view.contents().runs()).containsOnlyKeys(ID, OTHER);

        view.pass(Duration.ofMinutes(5));
        assertThat(view.contents().runs()).containsOnlyKeys(OTHER);
        assertThat(view.contents().members()).hasSize(2);
        assertThat(view.member(ID, 1)).isNull();
        assertThat(view.woken).endsWith(ID);
    }

    @Test
    void aDigestTellsSpecificationsApartAndNotWhoAskedWhen() {
        ScaleRunRequested requested = RunRecords.requested(ID, 2);
        String digest = SpecificationDigest.of(requested);
        Map<String, String> turned = new LinkedHashMap<>();
        turned.put("build", "17");
        turned.put("team", "blue");

        assertThat(
                        SpecificationDigest.of(
                                ScaleRunRequested.newBuilder(requested)
                                        .setRunId(OTHER)
                                        .setRequestedAt(Instant.EPOCH)
                                        .setClientId(null)
                                        .setLabels(turned)
                                        .setBattle(Records.requested("any"))
                                        .build()))
                .isEqualTo(digest);
        assertThat(SpecificationDigest.of(RunRecords.requested(ID, 3))).isNotEqualTo(digest);
        assertThat(
                        SpecificationDigest.of(
                                ScaleRunRequested.newBuilder(requested).setSeed(18L).build()))
                .isNotEqualTo(digest);
    }

    @Test
    void aNoteOfABattleThatIsNotTheMemberIsDropped() {
        view.publish(RunRecords.launched(ID, 1));
        view.publish(
                RunMemberChanged.newBuilder(RunRecords.launched(ID, 2))
                        .setBattleId(RunRecords.launched(ID, 3).getBattleId())
                        .build());
        view.publish(
                RunMemberChanged.newBuilder(RunRecords.ended(ID, 1, EndReason.GOAL))
                        .setBattleId(OTHER)
                        .build());

        assertThat(view.contents().members()).hasSize(1);
        assertThat(Objects.requireNonNull(view.member(ID, 1)).result()).isNull();
        assertThat(view.dropped(RunTopology.VIEW, "foreign-member")).isEqualTo(2);
    }

    @Test
    void aRunIdInAnotherFormIsABadKey() {
        String upper = ID.toUpperCase(Locale.ROOT);
        view.publish(RunRecords.requested(upper, 1));
        view.publish(RunRecords.launched(upper, 1));

        assertThat(view.contents().runs()).isEmpty();
        assertThat(view.contents().members()).isEmpty();
        assertThat(view.dropped(RunTopology.INTAKE, "bad-key")).isEqualTo(2);
    }
}
