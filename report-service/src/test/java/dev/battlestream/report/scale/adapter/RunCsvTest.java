package dev.battlestream.report.scale.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.scale.RunEndReason;
import dev.battlestream.report.scale.RunReport;
import dev.battlestream.report.scale.RunSpecification.RunVariant;
import dev.battlestream.report.scale.RunStory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunCsvTest {

    @Test
    void eachMemberIsALineUnderTheNames() {
        String csv =
                RunCsv.render(
                        RunReport.of(
                                RunStory.running(),
                                List.of(
                                        RunStory.launched(3),
                                        RunStory.failed(2, 2, Failure.Cause.PROVIDER),
                                        RunStory.member(1, EndReason.GOAL, 4))));

        assertThat(csv)
                .isEqualTo(
                        """
                        index,battleId,variant,state,reason,failureClass,turns,costUsd,durationMs,\
                        launchedAt,endedAt
                        1,0198f3a4-0000-7000-8000-000000000001,terse,ended,goal,,4,0.068,40000,\
                        2026-03-01T10:00:01Z,2026-03-01T10:00:41Z
                        2,0198f3a4-0000-7000-8000-000000000002,patient,ended,error,provider,2,\
                        0.034,20000,2026-03-01T10:00:02Z,2026-03-01T10:00:22Z
                        3,0198f3a4-0000-7000-8000-000000000003,terse,running,,,,,,\
                        2026-03-01T10:00:03Z,
                        """
                                .replace("\n", "\r\n"));
    }

    @Test
    void aRunWithoutMembersIsTheLineOfNames() {
        assertThat(RunCsv.render(RunReport.of(RunStory.running(), List.of())))
                .startsWith("index,")
                .endsWith(",endedAt\r\n")
                .containsOnlyOnce("\n");
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("plain", "plain"),
                arguments("ünïcode", "ünïcode"),
                arguments("a,b", "\"a,b\""),
                arguments("say \"hi\"", "\"say \"\"hi\"\"\""),
                arguments("two\nlines", "\"two\nlines\""),
                arguments("=1+1", "'=1+1"),
                arguments("+1", "'+1"),
                arguments("-1", "'-1"),
                arguments("@SUM(A1)", "'@SUM(A1)"),
                arguments("\t=1", "'\t=1"),
                arguments("\r=1", "\"'\r=1\""),
                arguments("=cmd|\"/c\",1", "\"'=cmd|\"\"/c\"\",1\""));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTextNeitherEndsItsCellNorIsCalculated(String name, String cell) {
        String csv =
                RunCsv.render(
                        RunReport.of(
                                RunStory.ended(
                                        RunStory.specification(List.of(new RunVariant(name, ""))),
                                        RunEndReason.COMPLETED,
                                        1,
                                        null),
                                List.of(RunStory.member(1, EndReason.GOAL, 4))));

        assertThat(csv).contains("-000000000001," + cell + ",ended,");
    }
}
