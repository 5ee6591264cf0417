package dev.battlestream.report.scale.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.Failure;
import dev.battlestream.events.FailureClass;
import dev.battlestream.events.RunEndReason;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.events.Variant;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.MemberResult;
import dev.battlestream.report.scale.RunEnding;
import dev.battlestream.report.scale.RunSpecification;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a writer that keeps no contract leaves in the view of runs. */
class RunBoundsTest {

    private static final String ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    private static final BigDecimal MOST_USD = new BigDecimal("999999999.999999999");

    private final RunsDriver view = new RunsDriver();

    @AfterEach
    void close() {
        view.close();
    }

    @Test
    void numbersThatNobodyCanMeanAreBroughtBackIntoRange() {
        view.publish(
                ScaleRunRequested.newBuilder(RunRecords.requested(ID, -3))
                        .setConcurrency(-1)
                        .setTimeoutSeconds(-1)
                        .setRequestedAt(Instant.parse("-9000-01-01T00:00:00Z"))
                        .setBudgetUsd(new BigDecimal("999999999.999999999"))
                        .build());

        RunSpecification specification = specification();
        assertThat(specification.runCount()).isZero();
        assertThat(specification.concurrency()).isZero();
        assertThat(specification.timeout()).isZero();
        assertThat(view.row(ID).run().requestedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void ofARequestNoMoreIsKeptThanTheContractAllows() {
        String name = "n".repeat(199);
        Map<String, String> labels = new LinkedHashMap<>();
        for (int label = 0; label < 60; label++) {
            labels.put("%02d".formatted(label), name + "vv");
        }
        view.publish(
                ScaleRunRequested.newBuilder(RunRecords.requested(ID, 2))
                        .setVariants(
                                Collections.nCopies(
                                        11,
                                        Variant.newBuilder()
                                                .setName(name + "\uD83D\uDE00")
                                                .setModel(name + "mm")
                                                .build()))
                        .setLabels(labels)
                        .build());

        RunSpecification specification = specification();
        assertThat(specification.variants())
                .hasSize(10)
                .containsOnly(new RunSpecification.RunVariant(name, name + "m"));
        assertThat(specification.labels())
                .hasSize(50)
                .containsKeys("00", "49")
                .containsValue(name + "v")
                .doesNotContainValue(name + "vv");
    }

    /** Avro reads amounts of more digits than it writes. */
    @Test
    void aRequestWithBudgetsThatAvroDoesNotWriteIsKept() {
        BigDecimal tooMuch = new BigDecimal("1000000000.000000001");
        ScaleRunRequested requested = RunRecords.requested(ID, 2);
        requested.put("budgetUsd", tooMuch);
        requested.getBattle().put("budgetUsd", tooMuch.negate());
        view.publishForeign(requested);

        RunSpecification specification = specification();
        assertThat(specification.budgetUsd()).isEqualTo(MOST_USD);
        ScaleRunRequested most = RunRecords.requested(ID, 2);
        most.put("budgetUsd", MOST_USD);
        most.getBattle().put("budgetUsd", MOST_USD.negate());
        assertThat(specification.digest())
                .isEqualTo(SpecificationDigest.of(most))
                .isNotEqualTo(SpecificationDigest.of(RunRecords.requested(ID, 2)));
        // What the archive reads.
        assertThat(RunAvro.requested(requested).specification()).isEqualTo(specification);
    }

    @Test
    void aMembersEndWithAmountsThatAvroDoesNotWriteIsKept() {
        BigDecimal tooMuch = new BigDecimal("1000000000.000000001");
        RunMemberChanged ended = RunRecords.ended(ID, 1, EndReason.GOAL);
        BattleEnded outcome = Objects.requireNonNull(ended.getOutcome());
        outcome.put("unsettledUsd", tooMuch);
        outcome.put("nextCallUsd", tooMuch);
        outcome.getAgentUsage().put("costUsd", tooMuch);
        outcome.getOpponentUsage().put("costUsd", tooMuch.negate());
        outcome.getJudgeUsage().put("costUsd", tooMuch);
        Objects.requireNonNull(outcome.getStrongJudgeUsage()).put("costUsd", tooMuch);
        view.publishForeign(ended);

        MemberResult result = result(1);
        assertThat(result.unsettledUsd()).isEqualTo(MOST_USD);
        assertThat(result.used().agent().costUsd()).isEqualTo(MOST_USD);
        assertThat(result.used().opponent().costUsd()).isEqualTo(MOST_USD.negate());
    }

    @Test
    void ofAMembersTurnsNoMoreAreKeptThanABattleHas() {
        RunMemberChanged ended = RunRecords.ended(ID, 1, EndReason.GOAL);
        view.publish(
                RunMemberChanged.newBuilder(ended)
                        .setOutcome(
                                BattleEnded.newBuilder(Objects.requireNonNull(ended.getOutcome()))
                                        .setTurnLatenciesMs(
                                                LongStream.rangeClosed(1, 10_000).boxed().toList())
                                        .build())
                        .build());

        assertThat(result(1).turnLatenciesMs())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 25).boxed().toList());
    }

    @Test
    void ofWhatFailedNoMoreIsKeptThanTheArchiveKeeps() {
        String detail = "d".repeat(999);
        Failure failure =
                Failure.newBuilder()
                        .setFailureClass(FailureClass.PROVIDER)
                        .setDetail(detail + "\uD83D\uDE00" + "d".repeat(100_000))
                        .build();
        RunMemberChanged ended = RunRecords.ended(ID, 1, EndReason.ERROR);
        view.publish(
                RunMemberChanged.newBuilder(ended)
                        .setOutcome(
                                BattleEnded.newBuilder(Objects.requireNonNull(ended.getOutcome()))
                                        .setFailure(failure)
                                        .build())
                        .build());
        view.publish(
                ScaleRunEnded.newBuilder(RunRecords.outcome(ID, RunEndReason.ERROR, 1))
                        .setFailure(failure)
                        .build());

        assertThat(Objects.requireNonNull(result(1).failure()).detail()).isEqualTo(detail);
        RunEnding ending = Objects.requireNonNull(view.row(ID).run().ending());
        assertThat(Objects.requireNonNull(ending.failure()).detail()).isEqualTo(detail);
    }

    private MemberResult result(int index) {
        Member member = Objects.requireNonNull(view.member(ID, index));
        return Objects.requireNonNull(member.result());
    }

    private RunSpecification specification() {
        return Objects.requireNonNull(view.row(ID).run().specification());
    }
}
