package dev.battlestream.local.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoggedRunTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final LoggedRun run = new LoggedRun("run");

    @Test
    void aRunIsWholeWhenItsOutcomeAndAllItsMembersEndsAreRead() {
        run.take(asked());
        run.take(new RunEvent.Launched(1, "one", NOON));
        run.take(ended(2));
        run.take(memberEnded(1, "goal", null));

        assertThat(run.isWhole()).isFalse();

        run.take(memberEnded(2, "goal", null));

        assertThat(run.isWhole()).isTrue();
    }

    @Test
    void aRunWhoseRequestIsGoneIsNotWhole() {
        run.take(ended(0));

        assertThat(run.hasEnded()).isTrue();
        assertThat(run.isAsked()).isFalse();
        assertThat(run.isWhole()).isFalse();
    }

    @Test
    void theFirstRecordOfEachIdentityWins() {
        run.take(asked());
        run.take(new RunEvent.Launched(1, "one", NOON));
        run.take(new RunEvent.Launched(1, "other", NOON.plusSeconds(9)));
        run.take(memberEnded(1, "goal", null));
        run.take(memberEnded(1, "error", "provider"));
        run.take(ended(1));
        run.take(ended(7));

        assertThat(run.isWhole()).isTrue();
        assertThat(run.member(1).values())
                .containsEntry("launchedAt", NOON.toString())
                .containsEntry("reason", "goal")
                .containsEntry("durationMs", "5000")
                .containsEntry("costUsd", "0.6");
    }

    @Test
    void theReportAddsUpItsMembers() {
        run.take(asked());
        run.take(memberEnded(1, "goal", null));
        run.take(memberEnded(2, "error", "provider"));
        run.take(memberEnded(3, "goal", null));
        run.take(ended(3));

        assertThat(run.head().values())
                .containsEntry("final", "true")
                .containsEntry("counts.goal", "2")
                .containsEntry("counts.error", "1")
                .containsEntry("counts.limit", "0")
                .containsEntry("failures.provider", "1")
                .containsEntry("successRate.goals", "2")
                .containsEntry("successRate.completed", "3")
                .containsEntry("turnsToGoal.median", "4")
                .containsEntry("turnsToGoal.histogram[0].battles", "2")
                .containsEntry("turnLatencyMs.count", "6")
                .containsEntry("turnLatencyMs.p50", "10")
                .containsEntry("turnLatencyMs.max", "30")
                .containsEntry("usage.tokensIn", "90")
                .containsEntry("usage.costUsd", "1.8")
                .containsEntry("usage.byRole.strongJudge.costUsd", "0.3")
                .containsEntry("usage.byRole.fastJudge.costUsd", "0.3")
                .containsEntry("variants[0].name", "a")
                .containsEntry("variants[0].completed", "2")
                .containsEntry("variants[1].model", "scripted:other")
                .containsEntry("variants[1].goals", "0")
                .containsEntry("startedAt", NOON.toString());
    }

    @Test
    void theWilsonIntervalIsThatOfTheTables() {
        Fields rate = RunFigures.rate(8, 10);

        assertThat(new BigDecimal(rate.values().get("low"))).isBetween(bd("0.4901"), bd("0.4902"));
        assertThat(new BigDecimal(rate.values().get("high"))).isBetween(bd("0.9433"), bd("0.9434"));
        assertThat(RunFigures.rate(0, 0).values()).containsOnlyKeys("goals", "completed");
        assertThat(RunFigures.rate(0, 5).values()).containsEntry("low", "0");
        assertThat(RunFigures.rate(5, 5).values()).containsEntry("high", "1");
    }

    @Test
    void percentilesAreOfTheNearestRank() {
        List<Long> values = List.of(50L, 15L, 20L, 40L, 35L);

        assertThat(RunFigures.percentile(values, 30)).isEqualTo(20);
        assertThat(RunFigures.percentile(values, 40)).isEqualTo(20);
        assertThat(RunFigures.percentile(values, 100)).isEqualTo(50);
        assertThat(RunFigures.percentile(List.of(), 50)).isNull();
    }

    private static BigDecimal bd(String value) {
        return new BigDecimal(value);
    }

    private static RunEvent asked() {
        return new RunEvent.Asked(
                3,
                "scripted:m",
                List.of(new RunEvent.Variant("a", ""), new RunEvent.Variant("b", "scripted:other")),
                Fields.NONE);
    }

    private static RunEvent memberEnded(int index, String reason, @Nullable String failureClass) {
        return new RunEvent.MemberEnded(
                index,
                "battle-" + index,
                new RunEvent.Result(
                        reason,
                        failureClass,
                        4,
                        spend("0.3"),
                        spend("0.1"),
                        spend("0.2"),
                        spend("0.1"),
                        null,
                        List.of(10L, 30L),
                        NOON,
                        NOON.plusSeconds(5)));
    }

    private static Spend spend(String usd) {
        return new Spend(1, 10, 20, new BigDecimal(usd));
    }

    private static RunEvent ended(int launched) {
        return new RunEvent.Ended(
                launched, NOON, new Fields.Builder().text("state", "completed").build());
    }
}
