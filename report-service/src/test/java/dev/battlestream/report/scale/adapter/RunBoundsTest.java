package dev.battlestream.report.scale.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.Failure;
import dev.battlestream.events.FailureClass;
import dev.battlestream.events.RunEndReason;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.report.scale.MemberResult;
import dev.battlestream.report.scale.RunEnding;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a writer that keeps no contract leaves in the view of runs. */
class RunBoundsTest {

    private static final String ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    private final RunsDriver view = new RunsDriver();

    @AfterEach
    void close() {
        view.close();
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

        assertThat(result().turnLatenciesMs())
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

        assertThat(Objects.requireNonNull(result().failure()).detail()).isEqualTo(detail);
        RunEnding ending = Objects.requireNonNull(view.row(ID).run().ending());
        assertThat(Objects.requireNonNull(ending.failure()).detail()).isEqualTo(detail);
    }

    private MemberResult result() {
        return Objects.requireNonNull(Objects.requireNonNull(view.member(ID, 1)).result());
    }
}
