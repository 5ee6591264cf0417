package dev.battlestream.local.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.local.report.Place;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReachTest {

    private static final long MONDAY = 1_700_000_000_000L;
    private static final long TUESDAY = MONDAY + 86_400_000;

    private static final Place REQUESTS = new Place("battle.requests", 3);
    private static final Place TURNS = new Place("battle.turns", 3);

    @Test
    void aLogThatHasLostNothingTellsAll() {
        assertThat(Reach.missing(Map.of(REQUESTS, MONDAY), Map.of())).isEmpty();
    }

    @Test
    void whatWasLostBeforeTheFirstRequestIsNotMissed() {
        assertThat(Reach.missing(Map.of(REQUESTS, TUESDAY), Map.of(TURNS, MONDAY))).isEmpty();
    }

    @Test
    void turnsThatReachLessFarBackThanRequestsAreMissed() {
        assertThat(Reach.missing(Map.of(REQUESTS, MONDAY), Map.of(TURNS, TUESDAY)))
                .hasValueSatisfying(reason ->
                        assertThat(reason)
                                .contains(
                                        "battle.requests",
                                        "partition 3",
                                        "battle.turns only to 2023-11-15T22:13:20Z"));
    }

    @Test
    void aTopicThatHasLostAllIsMissed() {
        assertThat(Reach.missing(Map.of(REQUESTS, MONDAY), Map.of(TURNS, Reach.EMPTY)))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("battle.turns only to now"));
    }

    @Test
    void whereNothingIsRequestedNothingIsMissed() {
        assertThat(Reach.missing(Map.of(REQUESTS, Reach.EMPTY), Map.of(TURNS, Reach.EMPTY)))
                .isEmpty();
    }

    @Test
    void onlyTheSamePartitionCounts() {
        Place other = new Place("battle.turns", 4);

        assertThat(Reach.missing(Map.of(REQUESTS, MONDAY), Map.of(other, TUESDAY))).isEmpty();
    }

    @Test
    void membersOfRunsCountAsWell() {
        assertThat(
                        Reach.missing(
                                Map.of(new Place("scale.requests", 0), MONDAY),
                                Map.of(new Place("scale.members", 0), TUESDAY)))
                .isPresent();
    }
}
