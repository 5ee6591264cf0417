package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.FailureClass;
import dev.battlestream.events.Verdict;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the runner does not take, and how it says so. */
final class BattleIntakeTest {

    private BattleRig rig;

    @BeforeEach
    void start(@TempDir Path state) {
        rig = new BattleRig(state);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void anInadmissibleRequestEndsWithAReadableRefusal() {
        BattleRequested asked =
                BattleRequested.newBuilder(Records.request(rig.id, "nobody:x"))
                        .setMessageLimit(99)
                        .build();

        rig.send(Topics.BATTLE_REQUESTS, asked);

        BattleEnded ended = rig.ended();
        assertThat(ended.getReason()).isEqualTo(EndReason.ERROR);
        assertThat(ended.getFailure().getFailureClass()).isEqualTo(FailureClass.REQUEST);
        assertThat(ended.getFailure().getDetail())
                .contains("messageLimit must be 1 to 25, not 99")
                .contains("model 'nobody:x' is not allowed or not known");
        assertThat(rig.model.requests).isEmpty();
    }

    @Test
    void aRecordUnderAnotherKeyIsDeadLetteredWithTheCause() {
        driverInput("another-key", Records.NOW);

        TestRecord<String, byte[]> dead = rig.deadLetter(Topics.BATTLE_REQUESTS);
        assertThat(dead.key()).isEqualTo("another-key");
        assertThat(BattleRig.header(dead, "__streams.errors.message"))
                .isEqualTo("the record's key is not the battle's id");
        assertThat(
                        BattleRig.SERDES
                                .values(Topics.BATTLE_REQUESTS)
                                .deserializer()
                                .deserialize("battle.requests", dead.value()))
                .isEqualTo(Records.request(rig.id, "scripted:x"));
        assertThat(rig.model.requests).isEmpty();
    }

    @Test
    void aTombstoneIsDeadLetteredForWhatItIs() {
        rig.raw(Topics.BATTLE_TURNS, rig.id, null);

        assertThat(
                        BattleRig.header(
                                rig.deadLetter(Topics.BATTLE_TURNS), "__streams.errors.message"))
                .isEqualTo("the record has no value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my battle", "team/42", "line\nfeed", ""})
    void aRequestUnderNoUuidIsRefusedAndTheNextOneIsPlayed(String other) {
        rig.sendAs(other, Topics.BATTLE_REQUESTS, Records.request(other, "scripted:x"));

        assertThat(rig.ended().getFailure().getDetail()).contains("battleId must be a UUID");
        rig.send(Topics.BATTLE_REQUESTS, Records.request(rig.id, "scripted:x"));
        rig.playedTurn(1);
    }

    @Test
    void whatBelongsToNoUuidIsDeadLettered() {
        rig.sendAs("x", Topics.BATTLE_VERDICTS, Records.verdict("x", 1, Verdict.YES));
        rig.sendAs("x", Topics.BATTLE_CANCELLATIONS, Records.cancel("x"));

        for (Topic<?> topic : List.of(Topics.BATTLE_VERDICTS, Topics.BATTLE_CANCELLATIONS)) {
            assertThat(BattleRig.header(rig.deadLetter(topic), "__streams.errors.message"))
                    .isEqualTo("the battle's id is no UUID");
        }
    }

    @Test
    void anIdThatNoAnswerCanCarryIsDeadLettered() {
        String endless = "x".repeat(100_000);
        rig.sendAs(endless, Topics.BATTLE_REQUESTS, Records.request(endless, "scripted:x"));

        assertThat(
                        BattleRig.header(
                                rig.deadLetter(Topics.BATTLE_REQUESTS), "__streams.errors.message"))
                .isEqualTo("the battle's id is too long");
    }

    @Test
    void aBudgetThatCannotBeStoredIsRefused() {
        rig.raw(
                Topics.BATTLE_REQUESTS,
                rig.id,
                RawAvro.withDecimal(
                        Records.request(rig.id, "scripted:x"),
                        "budgetUsd",
                        new BigDecimal("1000000000.000000000")));

        assertThat(rig.ended().getFailure().getDetail()).contains("budgetUsd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000.000000000", "-0.000000001"})
    void aTurnThatCostsTheImpossibleIsDeadLettered(String cost) {
        rig.raw(
                Topics.BATTLE_TURNS,
                rig.id,
                RawAvro.withDecimal(rig.turnOf(1, "said"), "costUsd", new BigDecimal(cost)));

        assertThat(
                        BattleRig.header(
                                rig.deadLetter(Topics.BATTLE_TURNS), "__streams.errors.message"))
                .isEqualTo("what it used is negative or beyond all bounds");
    }

    @Test
    void aRequestThatNobodyCanDateIsRefused() {
        rig.sendAt(
                Instant.ofEpochMilli(RequestTimestamps.NONE),
                Topics.BATTLE_REQUESTS,
                Records.request(rig.id, "scripted:x"));

        BattleEnded ended = rig.ended();
        assertThat(ended.getFailure().getFailureClass()).isEqualTo(FailureClass.REQUEST);
        assertThat(ended.getFailure().getDetail()).contains("the record has no timestamp");
        assertThat(ended.getEndedAt()).isEqualTo(Records.NOW);
        assertThat(rig.model.requests).isEmpty();
    }

    @Test
    void aRequestThatNobodyCanDateStaysInTheDeadLetters() {
        driverInput("another-key", Instant.ofEpochMilli(RequestTimestamps.NONE));

        assertThat(rig.deadLetter(Topics.BATTLE_REQUESTS).getRecordTime()).isEqualTo(Records.NOW);
    }

    private void driverInput(String key, Instant at) {
        rig.driver
                .createInputTopic(
                        Topics.BATTLE_REQUESTS.name(),
                        new StringSerializer(),
                        BattleRig.SERDES.values(Topics.BATTLE_REQUESTS).serializer())
                .pipeInput(key, Records.request(rig.id, "scripted:x"), at);
    }
}
