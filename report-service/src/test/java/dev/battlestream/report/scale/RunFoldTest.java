package dev.battlestream.report.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Used;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunFoldTest {

    private static final String ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final Run unknown = Run.unknown(ID);

    @Test
    void theFirstRequestCounts() {
        Run run = taken(RunFold.with(unknown, requested("first")));

        assertThat(run.requestedAt()).isEqualTo(START);
        assertThat(run.specification()).isEqualTo(requested("first").specification());
        assertThat(RunFold.with(run, requested("second"))).isNull();
    }

    @Test
    void theFirstOutcomeCounts() {
        Run run = taken(RunFold.with(unknown, ended(RunEndReason.COMPLETED)));

        assertThat(run.ending()).isEqualTo(ended(RunEndReason.COMPLETED).ending());
        assertThat(RunFold.with(run, ended(RunEndReason.MANUAL))).isNull();
    }

    @Test
    void aRequestAndAnOutcomeMakeTheSameRunInAnyOrder() {
        Run asked = taken(RunFold.with(unknown, requested("bot")));
        Run ended = taken(RunFold.with(unknown, ended(RunEndReason.BUDGET)));

        assertThat(RunFold.with(asked, ended(RunEndReason.BUDGET)))
                .isEqualTo(RunFold.with(ended, requested("bot")));
    }

    @Test
    void aMemberIsLaunchedAndEndsOnce() {
        RunEvent.Launched launch = new RunEvent.Launched(2, "battle", START);
        Member launched = RunFold.with(null, launch);

        assertThat(launched).isEqualTo(new Member(2, "battle", START, null));
        assertThat(RunFold.with(launched, launch)).isNull();

        Member ended = RunFold.with(launched, end(EndReason.GOAL, 7));

        assertThat(ended)
                .isEqualTo(new Member(2, "battle", START, end(EndReason.GOAL, 7).result()));
        assertThat(RunFold.with(ended, end(EndReason.ERROR, 9))).isNull();
        assertThat(RunFold.with(ended, launch)).isNull();
    }

    @Test
    void theStartOfABattleStandsInForALaunchThatWasNotSeen() {
        assertThat(RunFold.with(null, end(EndReason.GOAL, 7)))
                .isEqualTo(
                        new Member(
                                2, "battle", START.plusMillis(5), end(EndReason.GOAL, 7).result()));
    }

    @Test
    void aRunIsReadToTheFurthestOfEachTopic() {
        Run run = RunFold.readTo(unknown, new Run.AsOf("scale.requests", 1, 5));
        run = RunFold.readTo(run, new Run.AsOf("scale.members", 1, 3));
        run = RunFold.readTo(run, new Run.AsOf("scale.members", 1, 9));
        run = RunFold.readTo(run, new Run.AsOf("scale.members", 1, 4));

        assertThat(run.asOf())
                .containsExactly(
                        new Run.AsOf("scale.members", 1, 9), new Run.AsOf("scale.requests", 1, 5));
    }

    private static Run taken(@Nullable Run run) {
        return Objects.requireNonNull(run, "the event does not count");
    }

    private static RunEvent.Requested requested(String agent) {
        return new RunEvent.Requested(
                START,
                new RunSpecification(
                        "0".repeat(64),
                        agent,
                        "",
                        10,
                        3,
                        2,
                        List.of(),
                        null,
                        null,
                        Duration.ofHours(1),
                        Map.of()));
    }

    private static RunEvent.Ended ended(RunEndReason reason) {
        return new RunEvent.Ended(
                new RunEnding(reason, null, 3, START.plusMillis(1), START.plusSeconds(60)));
    }

    private static RunEvent.MemberEnded end(EndReason reason, long place) {
        return new RunEvent.MemberEnded(
                2,
                "battle",
                new MemberResult(
                        reason,
                        null,
                        1,
                        new Used(Spent.NOTHING, Spent.NOTHING, Spent.NOTHING, null),
                        null,
                        List.of(20L),
                        START.plusMillis(5),
                        START.plusSeconds(1),
                        place));
    }
}
