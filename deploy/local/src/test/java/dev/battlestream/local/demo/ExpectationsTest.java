package dev.battlestream.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.local.battles.BattleStatus;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpectationsTest {

    private static final String ID = "b";

    @Test
    void aBattleThatReachedItsGoalInOrderAndPaidOnceIsAsPromised() {
        assertThat(broken(Scenario.GOAL, seen("goal", null, 4, calls(4), true))).isEmpty();
    }

    @Test
    void theCallInFlightAtTheKillMayBeRepeatedOnce() {
        List<Call> once = calls(4, new Call(ID, 3, 1));
        List<Call> twice = calls(4, new Call(ID, 3, 1), new Call(ID, 4, 1));

        assertThat(broken(Scenario.GOAL, seen("goal", null, 4, once, true))).isEmpty();
        assertThat(broken(Scenario.GOAL, seen("goal", null, 4, twice, true)))
                .contains("6 model calls, at most 5", "2 turns asked for again, at most 1");
        assertThat(broken(Scenario.GOAL, seen("goal", null, 4, once, false)))
                .as("it had ended before the kill")
                .contains("1 turns asked for again, at most 0");
    }

    @Test
    void retriesAfterAFailureOfTheProviderAreNoRepeats() {
        List<Call> retried = calls(4, new Call(ID, 2, 2), new Call(ID, 2, 3));

        Observation seen = seen("goal", null, 4, retried, false);

        assertThat(broken(Scenario.GOAL, seen)).isEmpty();
        assertThat(seen.retries()).isEqualTo(2);
        assertThat(seen.repeated()).isZero();
    }

    @Test
    void anotherEndOrAnotherFaultIsNamed() {
        Scenario fails = new Scenario("fails", "scripted:broken", 25, "error", "provider", 0);

        assertThat(broken(fails, seen("error", "provider", 0, calls(1), false))).isEmpty();
        assertThat(broken(fails, seen("error", "judge", 0, calls(1), false)))
                .containsExactly("failure class is judge, not provider");
        assertThat(broken(Scenario.GOAL, seen("limit", null, 4, calls(4), false)))
                .containsExactly("ended as limit, not goal");
    }

    @Test
    void aGapARepeatOrAMissingVerdictIsNamed() {
        Observation whole = seen("goal", null, 4, calls(4), false);

        assertThat(
                        broken(
                                Scenario.GOAL,
                                new Observation(
                                        whole.status(),
                                        List.of(1, 2, 2, 4),
                                        List.of(1, 2, 3),
                                        whole.calls(),
                                        false)))
                .containsExactly(
                        "messages numbered [1, 2, 2, 4], not 1 to 4", "3 verdicts for 4 turns");
    }

    @Test
    void fewerCallsThanTurnsMeansThatTheCountIsWrong() {
        assertThat(broken(Scenario.GOAL, seen("goal", null, 4, calls(3), false)))
                .containsExactly("3 model calls for 4 turns");
    }

    @Test
    void aCanceledBattleMayHaveACallThatLedToNothing() {
        assertThat(broken(Scenario.CANCELED, seen("manual", null, 2, calls(3), false))).isEmpty();
    }

    @Test
    void theConclusionNamesEveryBrokenPromise() {
        Observation seen = seen("goal", null, 4, calls(4, new Call(ID, 2, 1)), true);
        Results.Row kept = new Results.Row(Scenario.GOAL, seen, List.of());
        Results.Row broken = new Results.Row(Scenario.GOAL, seen, List.of("reason"));

        assertThat(Results.conclusion(List.of(kept)).getFirst())
                .contains("The kill cost 1 model call that was in flight");
        assertThat(Results.conclusion(List.of(kept, broken)))
                .containsExactly("✗ scripted:goal-at-4: reason");
        assertThat(Results.table(List.of(kept, broken)).lines().getLast()).endsWith("NO");
    }

    private static List<String> broken(Scenario scenario, Observation seen) {
        return Expectations.broken(scenario, seen, 1);
    }

    private static Observation seen(
            String reason,
            @Nullable String failureClass,
            int turns,
            List<Call> calls,
            boolean playedDuringKill) {
        BattleStatus status =
                new BattleStatus(
                        ID,
                        "",
                        turns,
                        turns,
                        reason,
                        failureClass,
                        null,
                        10,
                        20,
                        BigDecimal.ONE,
                        null);
        List<Integer> all = IntStream.rangeClosed(1, turns).boxed().toList();
        return new Observation(status, all, all, calls, playedDuringKill);
    }

    private static List<Call> calls(int turns, Call... more) {
        List<Call> calls = new ArrayList<>();
        IntStream.rangeClosed(1, turns).forEach(turn -> calls.add(new Call(ID, turn, 1)));
        calls.addAll(List.of(more));
        return calls;
    }
}
