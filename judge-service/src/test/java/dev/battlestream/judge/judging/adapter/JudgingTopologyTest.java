package dev.battlestream.judge.judging.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.FailureClass;
import dev.battlestream.events.JudgeStage;
import dev.battlestream.events.ValidatorType;
import dev.battlestream.events.Verdict;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.judge.judging.Docket;
import dev.battlestream.llm.ModelException;
import dev.battlestream.schemas.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgingTopologyTest {

    private JudgingRig rig;

    @BeforeEach
    void start(@TempDir Path state) {
        rig = new JudgingRig(state);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aTurnIsJudgedAndItsVerdictEndsTheEffect() {
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "Hello"));

        VerdictIssued verdict = rig.verdict(1);

        assertThat(verdict.getBattleId()).isEqualTo(rig.battle());
        assertThat(verdict.getTurn()).isEqualTo(1);
        assertThat(verdict.getSeq()).isEqualTo(1);
        assertThat(verdict.getAttempt()).isEqualTo(1);
        assertThat(verdict.getVerdict()).isEqualTo(Verdict.NO);
        assertThat(verdict.getDecidedBy()).isEqualTo(JudgeStage.FAST);
        assertThat(verdict.getConfidence()).isEqualTo(0.8);
        assertThat(verdict.getCriteriaApplied()).containsExactly("fast:goal");
        assertThat(verdict.getReason()).isEqualTo("Not yet.");
        assertThat(verdict.getModel()).isEqualTo("scripted:judge");
        assertThat(verdict.getTokensIn()).isEqualTo(120);
        assertThat(verdict.getTokensOut()).isEqualTo(30);
        assertThat(verdict.getCostUsd()).isEqualTo(new BigDecimal("0.000012346"));
        assertThat(verdict.getStages().getFirst().getCalls()).isEqualTo(2);
        assertThat(verdict.getIssuedAt()).isEqualTo(Records.NOW);
        assertThat(verdict.getFailure()).isNull();
        assertThat(rig.pending()).isEqualTo(1);

        rig.send(Topics.BATTLE_VERDICTS, verdict);

        assertThat(rig.pending()).isZero();
        assertThat(rig.docket()).isEqualTo(new Docket.Open(1, 1, 1, Records.NOW));
    }

    @Test
    void theModelIsAskedForTheVeryTextUnderTheBattlesName() {
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "Hello"));
        rig.verdict(1);

        assertThat(rig.chat().requests())
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.conversation()).isEqualTo(rig.battle());
                    assertThat(request.messages().getLast().content()).isEqualTo("Hello");
                    assertThat(request.maxTokens()).isEqualTo(512);
                });
    }

    @Test
    void aRepeatedTurnIsJudgedOnce() {
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "Hello"));
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "Hello again"));
        rig.send(Topics.BATTLE_VERDICTS, rig.verdict(1));
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "And again"));

        rig.judgedNothingMoreThan(1);
        assertThat(rig.dropped("repeated-turn")).isEqualTo(2);
    }

    @Test
    void aVerdictThatArrivesBeforeItsTurnSparesTheCall() {
        rig.send(Topics.BATTLE_VERDICTS, Records.verdict(rig.battle(), 1));
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "Hello"));

        rig.judgedNothingMoreThan(0);
        assertThat(rig.docket()).isEqualTo(new Docket.Open(1, 1, 1, Records.NOW));
    }

    @Test
    void opponentsAndFailedMessagesAreNotJudged() {
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "Hello"));
        rig.send(Topics.BATTLE_VERDICTS, rig.verdict(1));
        rig.send(Topics.BATTLE_TURNS, Records.opponent(rig.battle(), 2, 1));
        rig.send(Topics.BATTLE_TURNS, Records.failed(rig.battle(), 3));

        rig.judgedNothingMoreThan(1);
        assertThat(rig.docket()).isEqualTo(new Docket.Closed(3, 1, 1, Records.NOW));
    }

    @Test
    void aVerdictThatDoesNotFollowEndsNoOtherJudging() {
        rig.chat()
                .answers(_ -> {
                    await().until(() -> rig.dropped("verdict-out-of-order") == 1);
                    return FakeChat.reply("yes");
                });
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "Hello"));
        rig.send(Topics.BATTLE_VERDICTS, Records.verdict(rig.battle(), 2));

        assertThat(rig.verdict(1).getVerdict()).isEqualTo(Verdict.YES);
        assertThat(rig.pending()).isEqualTo(1);
    }

    @Test
    void theHeadersOfTheTurnTravelToTheVerdict() {
        Headers headers =
                new RecordHeaders()
                        .add(
                                "traceparent",
                                JudgingRig.bytes(
                                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
                        .add("x-request-id", JudgingRig.bytes("r-17"))
                        .add("x-other", JudgingRig.bytes("left behind"));
        rig.send(
                Topics.BATTLE_TURNS,
                rig.battle(),
                Records.turn(rig.battle(), 1, "Hello"),
                headers,
                Records.NOW);
        rig.verdict(1);

        Headers sent = rig.sentHeaders();
        assertThat(JudgingRig.text(sent, "traceparent"))
                .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(JudgingRig.text(sent, "x-request-id")).isEqualTo("r-17");
        assertThat(sent.lastHeader("x-other")).isNull();
    }

    @Test
    void aValidatorThatMatchesSparesTheModel() {
        rig.send(
                Topics.BATTLE_TURNS,
                Records.turn(
                        rig.battle(),
                        1,
                        "Order 4711",
                        "",
                        Records.validator(ValidatorType.EQUALS, "done"),
                        Records.validator(ValidatorType.REGEX, "Order \\d+")));

        VerdictIssued verdict = rig.verdict(1);

        assertThat(verdict.getVerdict()).isEqualTo(Verdict.YES);
        assertThat(verdict.getDecidedBy()).isEqualTo(JudgeStage.VALIDATOR);
        assertThat(verdict.getConfidence()).isEqualTo(1.0);
        assertThat(verdict.getCriteriaApplied())
                .containsExactly("validator:equals", "validator:regex");
        assertThat(verdict.getModel()).isNull();
        assertThat(rig.chat().requests()).isEmpty();
    }

    @Test
    void aModelThatStaysSilentIsAFailureOfTheJudge() {
        rig.chat()
                .answers(_ -> {
                    throw new ModelException(
                            ModelException.Kind.OVERLOADED, "It is overloaded.", null, 4, null);
                });
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "Hello"));

        VerdictIssued verdict = rig.verdict(1);

        assertThat(verdict.getVerdict()).isEqualTo(Verdict.UNCERTAIN);
        assertThat(verdict.getFailure().getFailureClass()).isEqualTo(FailureClass.JUDGE);
        assertThat(verdict.getFailure().getDetail()).contains("It is overloaded.");
        assertThat(verdict.getStages().getFirst().getCalls()).isEqualTo(4);
    }

    @Test
    void aModelThatNobodyHasIsTheRequestsFault() {
        rig.chat()
                .answers(_ -> {
                    throw new ModelException(
                            ModelException.Kind.UNKNOWN_MODEL, "No such model.", null, 0, null);
                });
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "Hello", "scripted:typo"));

        assertThat(rig.verdict(1).getFailure().getFailureClass()).isEqualTo(FailureClass.REQUEST);
    }

    @Test
    void aJudgeThatBreaksDownSaysSoOnTheLogWithoutContents() {
        rig.chat()
                .answers(request -> {
                    throw new IllegalStateException(request.messages().getLast().content());
                });
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "a secret"));

        VerdictIssued verdict = rig.verdict(1);

        assertThat(verdict.getFailure().getFailureClass()).isEqualTo(FailureClass.PLATFORM);
        assertThat(verdict.toString()).doesNotContain("a secret");
    }

    @Test
    void recordsThatSpeakOfAnotherBattleThanTheirKeyAreDropped() {
        rig.send(
                Topics.BATTLE_TURNS,
                "another",
                Records.turn(rig.battle(), 1, "Hello"),
                new RecordHeaders(),
                Records.NOW);
        rig.send(
                Topics.BATTLE_VERDICTS,
                "another",
                Records.verdict(rig.battle(), 1),
                new RecordHeaders(),
                Records.NOW);

        rig.judgedNothingMoreThan(0);
        assertThat(rig.dropped("miskeyed")).isEqualTo(2);
    }

    @Test
    void aTurnTooLargeToBeKeptIsDropped() {
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "ü".repeat(500_001)));

        rig.judgedNothingMoreThan(0);
        assertThat(rig.dropped("oversized-turn")).isEqualTo(1);
    }

    @Test
    void theShapeOfTheTopologyIsTheOneThatWasReleased() throws IOException {
        String shape = rig.shape().strip();

        assertThat(shape)
                .as("a renamed node or store orphans its changelog: change topology.txt on purpose")
                .isEqualTo(Files.readString(Path.of("src/test/resources/topology.txt")).strip());
    }
}
