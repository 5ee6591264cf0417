package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.EndReason;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.BattleState;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.DeletedBattle;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Verdict;
import dev.battlestream.report.scale.adapter.RunTopology;
import dev.battlestream.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BattleTopologyTest {

    private static final String ID = "0d7b3c52-51a9-4b2e-8a4f-3f1c5b7a9e10";

    private final ViewsDriver views = new ViewsDriver();

    @AfterEach
    void close() {
        views.close();
    }

    @Test
    void theTopologyHasTheShapeThatIsCheckedIn() throws IOException {
        try (InputStream expected =
                Objects.requireNonNull(getClass().getResourceAsStream("/topology.txt"))) {
            // A renamed store loses its changelog: that must be meant.
            assertThat(views.topology(new RunTopology()).describe().toString().strip())
                    .isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }

    @Test
    void aWholeBattleFillsAllViews() {
        views.publish(Records.requested(ID));
        views.publish(Records.agent(ID, 1, 1));
        views.publish(Records.verdict(ID, 1, 1));
        views.publish(Records.opponent(ID, 2, 1));
        views.publish(Records.agent(ID, 3, 2));
        views.publish(Records.verdict(ID, 2, 3));
        views.publish(Records.ended(ID, EndReason.GOAL, 2, 3, 2));

        BattleStatus status = views.status(ID);
        assertThat(status.state()).isEqualTo(BattleState.COMPLETED);
        assertThat(status.complete()).isTrue();
        assertThat(status.runId()).isEqualTo("run-1");
        assertThat(views.contents().messages().values())
                .extracting(Message::content)
                .containsExactly("agent 1", "opponent 2", "agent 3");
        assertThat(views.contents().verdicts().values())
                .extracting(Verdict::seq)
                .containsExactly(1, 3);
    }

    @Test
    void everyFieldSurvivesItsWayThroughTheStores() {
        views.publish(Records.requested(ID));
        views.publish(Records.agent(ID, 1, 1));
        views.publish(Records.verdict(ID, 1, 1));
        views.publish(Records.ended(ID, EndReason.ERROR, 1, 1, 1));

        assertThat(new Message[] {views.messages().get(PlaceKeys.of(ID, 1))})
                .containsExactly(
                        ((BattleEvent.Played) EventAvro.event(Records.agent(ID, 1, 1))).message());
        assertThat(new Verdict[] {views.verdicts().get(PlaceKeys.of(ID, 1))})
                .containsExactly(
                        ((BattleEvent.Judged) EventAvro.event(Records.verdict(ID, 1, 1)))
                                .verdict());
        assertThat(views.status(ID).ending())
                .isEqualTo(
                        ((BattleEvent.Ended)
                                        EventAvro.event(
                                                Records.ended(ID, EndReason.ERROR, 1, 1, 1)))
                                .ending());
        assertThat(views.status(ID).request()).isEqualTo(EventAvro.event(Records.requested(ID)));
    }

    @Test
    void theFirstRecordOfAPlaceWinsAndTheRestAreCounted() {
        views.publish(Records.agent(ID, 1, 1));
        views.publish(Records.repeated(Records.agent(ID, 1, 1)));

        assertThat(views.messages().get(PlaceKeys.of(ID, 1)).content()).isEqualTo("agent 1");
        assertThat(views.dropped(BattleTopology.MESSAGE_VIEW, "duplicate")).isEqualTo(1);
        assertThat(views.dropped(BattleTopology.STATUS_VIEW, "duplicate")).isEqualTo(1);
    }

    @Test
    void aFailedTurnHoldsItsPlaceUntilTheOutcomeClearsIt() {
        views.publish(Records.agent(ID, 1, 1));
        views.publish(Records.failedTurn(ID, 2, 2));
        views.publish(Records.agent(ID, 2, 2));

        assertThat(views.messages().get(PlaceKeys.of(ID, 2)).failed()).isTrue();

        views.publish(Records.ended(ID, EndReason.ERROR, 1, 1, 0));
        views.publish(Records.agent(ID, 2, 2));

        assertThat(views.contents().messages()).hasSize(1);
        assertThat(views.dropped(BattleTopology.MESSAGE_VIEW, "beyond-end")).isEqualTo(1);
    }

    @Test
    void aSecondOutcomeChangesNoView() {
        views.publish(Records.agent(ID, 1, 1));
        views.publish(Records.verdict(ID, 1, 1));
        views.publish(Records.ended(ID, EndReason.GOAL, 1, 1, 1));
        ViewsDriver.Contents before = views.contents();

        views.publish(Records.ended(ID, EndReason.MANUAL, 0, 0, 0));

        assertThat(views.contents()).isEqualTo(before);
    }

    @Test
    void recordsThatCannotBelongToTheirKeyAreDroppedByName() {
        views.publish(null, Records.agent(ID, 1, 1), ViewsDriver.NOW);
        views.publish("x".repeat(201), Records.agent(ID, 1, 1), ViewsDriver.NOW);
        views.publish("another battle", Records.agent(ID, 1, 1), ViewsDriver.NOW);
        views.publishNothing(ID);

        assertThat(views.contents().statuses()).isEmpty();
        assertThat(views.contents().messages()).isEmpty();
        assertThat(views.dropped(BattleTopology.INTAKE, "bad-key")).isEqualTo(2);
        assertThat(views.dropped(BattleTopology.INTAKE, "key-mismatch")).isEqualTo(1);
        assertThat(views.dropped(BattleTopology.INTAKE, "no-value")).isEqualTo(1);
    }

    @Test
    void everyChangeWakesTheFollowersOfItsBattleAndADropNobody() {
        views.publish(Records.requested(ID));
        assertThat(views.woken).containsOnly(ID).hasSize(1);

        views.publish(Records.agent(ID, 1, 1));
        assertThat(views.woken).containsOnly(ID).hasSize(3);

        views.publish(Records.agent(ID, 1, 1));
        assertThat(views.woken).hasSize(3);
    }

    @Test
    void aStatusNeverSpeaksOfRowsThatAreNotThereYet() {
        List<Boolean> ahead = new ArrayList<>();
        views.onWake =
                () -> {
                    if (views.statuses().get(ID) instanceof BattleStatus status) {
                        ViewsDriver.Contents contents = views.contents();
                        ahead.add(
                                status.seen().messages() > contents.messages().size()
                                        || status.seen().verdicts() > contents.verdicts().size());
                    }
                };
        views.publish(Records.agent(ID, 1, 1));
        views.publish(Records.verdict(ID, 1, 1));
        views.publish(Records.agent(ID, 2, 2));

        assertThat(ahead).isNotEmpty().containsOnly(false);
    }

    @Test
    void theViewsSayHowFarTheyHaveRead() {
        views.publish(Records.agent(ID, 1, 1));
        views.publish(Records.agent(ID, 1, 1));

        TopicPartition turns = new TopicPartition(Topics.BATTLE_TURNS.name(), 0);
        assertThat(views.positions.next(turns, -1)).isEqualTo(2);
    }

    @Test
    void aClockThatNobodyCanMeanIsBroughtBackIntoRange() {
        views.publish(
                TurnProduced.newBuilder(Records.agent(ID, 1, 1))
                        .setProducedAt(Instant.parse("-9000-01-01T00:00:00Z"))
                        .setLatencyMs(Long.MAX_VALUE)
                        .setCostUsd(new BigDecimal("999999999.999999999"))
                        .build());
        views.publish(
                TurnProduced.newBuilder(Records.agent(ID, 2, 2))
                        .setProducedAt(Instant.parse("+20000-01-01T00:00:00Z"))
                        .setLatencyMs(-1)
                        .setCostUsd(new BigDecimal("999999999.999999999"))
                        .build());

        assertThat(views.status(ID).seen().messages()).isEqualTo(2);
    }

    @Test
    void anOldBattleLeavesAllViews() {
        String young = "11111111-51a9-4b2e-8a4f-3f1c5b7a9e10";
        views.publish(ID, Records.agent(ID, 1, 1), ViewsDriver.NOW);
        views.publish(ID, Records.verdict(ID, 1, 1), ViewsDriver.NOW);
        views.publish(young, Records.agent(young, 1, 1), ViewsDriver.NOW.plus(Duration.ofDays(2)));

        views.pass(ViewsDriver.RETENTION.minus(Duration.ofMinutes(2)));
        assertThat(views.contents().statuses()).containsOnlyKeys(ID, young);

        views.pass(Duration.ofMinutes(5));
        assertThat(views.contents().statuses()).containsOnlyKeys(young);
        assertThat(views.contents().messages()).containsOnlyKeys(PlaceKeys.of(young, 1));
        assertThat(views.contents().verdicts()).isEmpty();
    }

    @Test
    void ofADeletedBattleOnlyAMarkerIsLeft() {
        views.publish(Records.requested(ID));
        views.publish(Records.agent(ID, 1, 1));
        views.publish(Records.verdict(ID, 1, 1));
        views.publish(Records.ended(ID, EndReason.GOAL, 1, 1, 1));
        views.woken.clear();

        views.publish(Records.deletion(ID));

        assertThat(views.contents().statuses())
                .containsExactly(Map.entry(ID, new DeletedBattle(ID, ViewsDriver.NOW)));
        assertThat(views.contents().messages()).isEmpty();
        assertThat(views.contents().verdicts()).isEmpty();
        assertThat(views.woken).containsExactly(ID);
    }

    @Test
    void whatComesLaterOfADeletedBattleIsDroppedAndCounted() {
        views.publish(Records.deletion(ID));
        views.woken.clear();

        views.publish(Records.requested(ID));
        views.publish(Records.agent(ID, 1, 1));
        views.publish(Records.verdict(ID, 1, 1));
        views.publish(Records.ended(ID, EndReason.GOAL, 1, 1, 1));
        views.publish(Records.deletion(ID));

        assertThat(views.contents().statuses())
                .containsExactly(Map.entry(ID, new DeletedBattle(ID, ViewsDriver.NOW)));
        assertThat(views.contents().messages()).isEmpty();
        assertThat(views.contents().verdicts()).isEmpty();
        assertThat(views.dropped(BattleTopology.STATUS_VIEW, "deleted")).isEqualTo(5);
        assertThat(views.dropped(BattleTopology.MESSAGE_VIEW, "deleted")).isEqualTo(1);
        assertThat(views.dropped(BattleTopology.VERDICT_VIEW, "deleted")).isEqualTo(1);
        assertThat(views.woken).isEmpty();
    }

    @Test
    void theMarkerLeavesOnlyWhenTheLogHasNothingOfTheBattle() {
        views.publish(ID, Records.ended(ID, EndReason.GOAL, 0, 0, 0), ViewsDriver.NOW);
        views.publish(ID, Records.deletion(ID), ViewsDriver.NOW);

        views.pass(ViewsDriver.RETENTION.plusDays(1));
        views.pass(ViewsDriver.SWEEP);
        assertThat(views.contents().statuses()).containsOnlyKeys(ID);

        views.pass(ViewsDriver.MARKERS.minus(ViewsDriver.RETENTION));
        views.pass(ViewsDriver.SWEEP);
        assertThat(views.contents().statuses()).isEmpty();
    }

    @Test
    void aSweepLooksAtABoundedStretchAndGoesOnFromThere() {
        for (int battle = 0; battle < 25; battle++) {
            String id = "battle-%02d".formatted(battle);
            views.publish(id, Records.agent(id, 1, 1), ViewsDriver.NOW);
        }
        Duration old = ViewsDriver.RETENTION.plus(Duration.ofHours(1));

        // A long jump of the wall clock is one run, as after a long sleep of the machine.
        views.pass(old);
        assertThat(views.contents().statuses()).hasSize(15);
        views.pass(ViewsDriver.SWEEP);
        assertThat(views.contents().statuses()).hasSize(5);
        views.pass(ViewsDriver.SWEEP);
        assertThat(views.contents().statuses()).isEmpty();
        assertThat(views.contents().messages()).isEmpty();
    }

    @Test
    void battlesWithIdsOfUnequalLengthDoNotMix() {
        String id = "a";
        String longer = "a\0\0\0\u0001";
        views.publish(Records.agent(id, 1, 1));
        views.publish(Records.agent(longer, 1, 1));
        views.publish(Records.ended(id, EndReason.MANUAL, 0, 0, 0));

        assertThat(views.contents().messages()).containsOnlyKeys(PlaceKeys.of(longer, 1));
    }
}
