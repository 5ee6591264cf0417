package dev.battlestream.local.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final String BATTLE = "00000000-0000-4000-8000-000000000001";

    private final Account log =
            account(
                    Map.of("state", "completed", "usage.byRole.judge.costUsd", "0.5"),
                    Map.of("content", "Hello", "tokensIn", "12"),
                    Map.of("verdict", "yes", "stages[0].confidence", "0.9"),
                    Set.of());

    @Test
    void equalAccountsDifferInNothing() {
        assertThat(Comparison.of(log, log, Comparison.Keeping.WHOLE)).isEmpty();
    }

    @Test
    void aFigureOfTheStatusIsSeen() {
        Account found =
                account(
                        Map.of("state", "completed", "usage.byRole.judge.costUsd", "0.6"),
                        message(log).values(),
                        verdict(log).values(),
                        Set.of());

        assertThat(Comparison.of(log, found, Comparison.Keeping.WHOLE))
                .containsExactly(
                        new Mismatch("status", "usage.byRole.judge.costUsd", "0.5", "0.6"));
    }

    @Test
    void aFieldOfAMessageAndOneOfAStageAreSeen() {
        Account found =
                account(
                        log.status().values(),
                        Map.of("content", "Hello!", "tokensIn", "12"),
                        Map.of("verdict", "yes", "stages[0].confidence", "0.8"),
                        Set.of());

        assertThat(Comparison.of(log, found, Comparison.Keeping.WHOLE))
                .containsExactly(
                        new Mismatch("message 1", "content", "Hello", "Hello!"),
                        new Mismatch("verdict 1", "stages[0].confidence", "0.9", "0.8"));
    }

    @Test
    void fieldsThatOnlyOneSideHasAreSeen() {
        Account found =
                account(
                        Map.of("state", "completed", "runId", "r"),
                        message(log).values(),
                        verdict(log).values(),
                        Set.of());

        assertThat(Comparison.of(log, found, Comparison.Keeping.WHOLE))
                .containsExactly(
                        new Mismatch("status", "runId", null, "r"),
                        new Mismatch("status", "usage.byRole.judge.costUsd", "0.5", null));
    }

    @Test
    void rowsThatOnlyOneSideHasAreSeen() {
        Account found =
                new Account(
                        log.status(),
                        new TreeMap<>(Map.of(2, Fields.NONE)),
                        log.verdicts(),
                        Set.of());

        assertThat(Comparison.of(log, found, Comparison.Keeping.WHOLE))
                .containsExactly(
                        new Mismatch("message 1", "row", "there", null),
                        new Mismatch("message 2", "row", null, "there"));
    }

    @Test
    void whatTheLogCannotTellIsNotCompared() {
        Account cut =
                account(
                        log.status().values(),
                        message(log).values(),
                        verdict(log).values(),
                        Set.of("agentId"));
        Account found =
                account(
                        Map.of(
                                "state",
                                "completed",
                                "usage.byRole.judge.costUsd",
                                "0.5",
                                "agentId",
                                "bot"),
                        message(log).values(),
                        verdict(log).values(),
                        Set.of());

        assertThat(Comparison.of(cut, found, Comparison.Keeping.WHOLE)).isEmpty();
    }

    @Test
    void aSourceThatKeepsLessIsMeasuredByWhatItKeeps() {
        Fields logged = new Fields.Builder().text("agentId", "abcdef").build();
        Fields kept = new Fields.Builder().text("agentId", "abc").build();

        assertThat(
                        Comparison.of(
                                "status",
                                logged,
                                kept,
                                Set.of(),
                                (_, value) -> value.substring(0, 3)))
                .isEmpty();
    }

    @Test
    void whatBothSourcesSayOtherwiseIsOneLine() {
        List<Mismatch> view = List.of(new Mismatch("status", "turn", "4", "3"));
        List<Mismatch> archive =
                List.of(
                        new Mismatch("status", "turn", "4", "5"),
                        new Mismatch("message 1", "latencyMs", "10", null));

        assertThat(Difference.of(BATTLE, view, archive).stream().map(Difference::line))
                .containsExactly(
                        BATTLE + "  status  turn  log=4  view=3  archive=5",
                        BATTLE + "  message 1  latencyMs  log=10  view=same  archive=absent");
    }

    @Test
    void contentsAreShownAsDigests() {
        Difference difference =
                Difference.of(
                                BATTLE,
                                List.of(new Mismatch("message 1", "content", "a secret", "")),
                                List.of())
                        .getFirst();

        assertThat(difference.line())
                .contains("log=sha256:", "(8)  view=sha256:e3b0c44298fc1c14(0)  archive=same")
                .doesNotContain("secret");
    }

    @Test
    void numbersAndAmountsHaveOneSpelling() {
        Fields fields =
                new Fields.Builder()
                        .money("a", new BigDecimal("0.500000000"))
                        .money("b", new BigDecimal("0E-9"))
                        .share("c", 1.0)
                        .share("d", null)
                        .number("e", 100)
                        .build();

        assertThat(fields.values())
                .isEqualTo(new TreeMap<>(Map.of("a", "0.5", "b", "0", "c", "1", "e", "100")));
    }

    private static Account account(
            Map<String, String> status,
            Map<String, String> message,
            Map<String, String> verdict,
            Set<String> untold) {
        return new Account(
                fields(status),
                new TreeMap<>(Map.of(1, fields(message))),
                new TreeMap<>(Map.of(1, fields(verdict))),
                untold);
    }

    private static Fields message(Account account) {
        return Objects.requireNonNull(account.messages().get(1));
    }

    private static Fields verdict(Account account) {
        return Objects.requireNonNull(account.verdicts().get(1));
    }

    private static Fields fields(Map<String, String> values) {
        return new Fields(new TreeMap<>(values));
    }
}
