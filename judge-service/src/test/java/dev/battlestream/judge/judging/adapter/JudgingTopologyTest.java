package dev.battlestream.judge.judging.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.FailureClass;
import dev.battlestream.events.JudgeStage;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.Validator;
import dev.battlestream.events.ValidatorType;
import dev.battlestream.events.Verdict;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.judge.judging.Docket;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.FinishReason;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.Reply;
import dev.battlestream.schemas.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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
                    assertThat(request.messages().getLast().content())
                            .isEqualTo("{\"agentMessage\":\"Hello\"}");
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
                    return FakeChat.reply(
                            "{\"verdict\":\"yes\",\"confidence\":1,\"reason\":\"So.\"}");
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
    void aYesIsConfirmedAndEveryStageIsOnTheLog() {
        rig.chat()
                .answers(request ->
                        FakeChat.reply(
                                strict(request)
                                        ? "{\"verdict\":\"yes\",\"confidence\":0.8,\"progress\":1,\"reason\":\"So.\"}"
                                        : "{\"verdict\":\"yes\",\"confidence\":0.7,\"progress\":0.9,\"reason\":\"So.\"}"));
        rig.send(
                Topics.BATTLE_TURNS,
                Records.turn(
                        rig.battle(),
                        1,
                        "Hello",
                        "",
                        Records.validator(ValidatorType.EQUALS, "done")));

        VerdictIssued verdict = rig.verdict(1);

        assertThat(verdict.getVerdict()).isEqualTo(Verdict.YES);
        assertThat(verdict.getDecidedBy()).isEqualTo(JudgeStage.STRONG);
        assertThat(verdict.getConfidence()).isEqualTo(1 - 0.2 * Math.sqrt(0.3), within(1e-9));
        assertThat(verdict.getProgress()).isEqualTo(1.0);
        assertThat(verdict.getCriteriaApplied())
                .containsExactly("validator:equals", "fast:goal", "strong:goal");
        assertThat(verdict.getTokensIn()).isEqualTo(240);
        assertThat(verdict.getCostUsd()).isEqualTo("0.000024692");
        assertThat(verdict.getStages())
                .extracting(
                        stage -> stage.getStage(),
                        stage -> stage.getVerdict(),
                        stage -> stage.getPromptVersion(),
                        stage -> stage.getAttempt(),
                        stage -> stage.getProgress(),
                        stage -> stage.getCriteria())
                .containsExactly(
                        tuple(
                                JudgeStage.VALIDATOR,
                                Verdict.UNCERTAIN,
                                null,
                                1,
                                null,
                                List.of("validator:equals")),
                        tuple(JudgeStage.FAST, Verdict.YES, "fast/1", 1, 0.9, List.of("fast:goal")),
                        tuple(
                                JudgeStage.STRONG,
                                Verdict.YES,
                                "strong/1",
                                1,
                                1.0,
                                List.of("strong:goal")));
    }

    @Test
    void aStrongJudgeThatStaysSilentIsAFailureOfTheJudgeAndNeitherYesNorNo() {
        rig.chat()
                .answers(request -> {
                    if (strict(request)) {
                        throw new ModelException(
                                ModelException.Kind.RATE_LIMITED, "Too many.", null, 3, null);
                    }
                    return FakeChat.reply(
                            "{\"verdict\":\"yes\",\"confidence\":1,\"reason\":\"So.\"}");
                });
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "Hello"));

        VerdictIssued verdict = rig.verdict(1);

        assertThat(verdict.getVerdict()).isEqualTo(Verdict.UNCERTAIN);
        assertThat(verdict.getDecidedBy()).isEqualTo(JudgeStage.STRONG);
        assertThat(verdict.getFailure().getFailureClass()).isEqualTo(FailureClass.JUDGE);
        assertThat(verdict.getStages()).extracting(stage -> stage.getCalls()).containsExactly(2, 3);
    }

    @Test
    void aProviderThatWillNotReadTheTextLeavesTheMatterOpen() {
        rig.chat()
                .answers(_ -> {
                    throw new ModelException(
                            ModelException.Kind.REFUSED, "Not this one.", null, 1, null);
                });
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "Hello"));

        VerdictIssued verdict = rig.verdict(1);

        assertThat(verdict.getFailure()).isNull();
        assertThat(verdict.getVerdict()).isEqualTo(Verdict.UNCERTAIN);
        assertThat(verdict.getReason()).isEqualTo("information unavailable");
        assertThat(rig.chat().requests()).hasSize(1);
    }

    /** Whether the strong judge is asked: only it is told to look for what speaks against. */
    private static boolean strict(ChatRequest request) {
        return request.messages().getFirst().content().contains("what speaks against it");
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
    void aTurnIsHeldUntilTheVerdictBeforeItWasRead() {
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "Hello"));
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 2, "Hello again"));
        VerdictIssued first = rig.verdict(1);
        assertThat(rig.pending()).isEqualTo(1);
        assertThat(rig.held()).isEqualTo(1);

        rig.send(Topics.BATTLE_VERDICTS, first);

        VerdictIssued second = rig.verdict(2);
        assertThat(second.getTurn()).isEqualTo(2);
        assertThat(rig.chat().requests().getLast().messages().getLast().content())
                .contains("Hello again");
        assertThat(rig.held()).isZero();
        rig.send(Topics.BATTLE_VERDICTS, second);
        assertThat(rig.pending()).isZero();
        assertThat(rig.dropped("verdict-out-of-order")).isZero();
    }

    @Test
    void aTurnTooLargeToBeKeptGetsAFailureAndTheNextOneIsJudged() {
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "ü".repeat(300_000)));

        VerdictIssued verdict = rig.verdict(1);

        assertThat(verdict.getTurn()).isEqualTo(1);
        assertThat(verdict.getVerdict()).isEqualTo(Verdict.UNCERTAIN);
        assertThat(verdict.getFailure().getFailureClass()).isEqualTo(FailureClass.PLATFORM);
        assertThat(verdict.getFailure().getDetail()).contains("too large");
        assertThat(rig.chat().requests()).isEmpty();
        rig.send(Topics.BATTLE_VERDICTS, verdict);
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 2, "Hello"));
        assertThat(rig.verdict(2).getFailure()).isNull();
    }

    @Test
    void theSizeOfATurnIsThatOfAllThatItCarries() {
        Validator[] many = new Validator[21];
        Arrays.fill(many, Records.validator(ValidatorType.CONTAINS, "x".repeat(30_000)));

        assertThat(PendingTurn.fits(Records.turn("b", 1, "x".repeat(500_000)))).isTrue();
        assertThat(PendingTurn.fits(Records.turn("b", 1, "x".repeat(600_000)))).isFalse();
        assertThat(PendingTurn.fits(Records.turn("b", 1, "x", "m".repeat(600_000)))).isFalse();
        assertThat(PendingTurn.fits(Records.turn("b", 1, "x", "", many))).isFalse();
    }

    @Test
    void aTurnWithANumberThatDoesNotFollowGetsAFailureUnderTheOneThatDoes() {
        rig.send(
                Topics.BATTLE_TURNS,
                TurnProduced.newBuilder(Records.turn(rig.battle(), 1, "Hello")).setTurn(7).build());

        VerdictIssued verdict = rig.verdict(1);

        assertThat(verdict.getTurn()).isEqualTo(1);
        assertThat(verdict.getSeq()).isEqualTo(1);
        assertThat(verdict.getFailure().getFailureClass()).isEqualTo(FailureClass.PLATFORM);
        assertThat(verdict.getFailure().getDetail())
                .isEqualTo("Message 1 says that it is turn 7, but turn 1 follows.");
        assertThat(rig.chat().requests()).isEmpty();
    }

    @Test
    void recordsWhoseCostIsNoAmountAreDropped() {
        BigDecimal negative = new BigDecimal("-0.000000001");
        rig.send(
                Topics.BATTLE_TURNS,
                TurnProduced.newBuilder(Records.turn(rig.battle(), 1, "Hello"))
                        .setCostUsd(negative)
                        .build());
        rig.send(
                Topics.BATTLE_VERDICTS,
                VerdictIssued.newBuilder(Records.verdict(rig.battle(), 1))
                        .setCostUsd(negative)
                        .build());

        rig.judgedNothingMoreThan(0);
        assertThat(rig.dropped("unusable-cost")).isEqualTo(2);
        assertThat(JudgingAvro.isUsd(new BigDecimal("999999999.999999999"))).isTrue();
        assertThat(JudgingAvro.isUsd(new BigDecimal("1000000000.000000000"))).isFalse();
    }

    @Test
    void aPriceBeyondTheContractIsTheContractsHighest() {
        rig.chat()
                .answers(_ ->
                        new Reply(
                                "no",
                                "fake",
                                FinishReason.STOP,
                                1,
                                1,
                                new BigDecimal("12345678901"),
                                Duration.ZERO,
                                1));
        rig.send(Topics.BATTLE_TURNS, Records.turn(rig.battle(), 1, "Hello"));

        assertThat(rig.verdict(1).getCostUsd()).isEqualTo("999999999.999999999");
    }

    @Test
    void theShapeOfTheTopologyIsTheOneThatWasReleased() throws IOException {
        String shape = rig.shape().strip();

        assertThat(shape)
                .as("a renamed node or store orphans its changelog: change topology.txt on purpose")
                .isEqualTo(Files.readString(Path.of("src/test/resources/topology.txt")).strip());
    }
}
