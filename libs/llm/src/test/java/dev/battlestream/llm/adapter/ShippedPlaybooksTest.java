package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.asking;
import static dev.battlestream.llm.Conversations.atTurn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ModelPrice;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.Reply;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each named model as the contract's table has it, through the port. */
class ShippedPlaybooksTest {

    private final FakeTimepiece time = new FakeTimepiece();
    private final RecordingListener listener = new RecordingListener();
    private final ChatModels models = ChatModelsFactory.create(LlmSettings.defaults(), time);

    @ParameterizedTest
    @MethodSource("shipped")
    void everyModelIsKnownAndCosts(String name) throws Exception {
        ModelReference model = new ModelReference("scripted", name);

        assertThat(models.knows(model)).isTrue();
        if (!name.equals("broken")) {
            assertThat(turn(name, 1).costUsd()).isPositive();
        }
    }

    static Iterable<String> shipped() {
        return Playbooks.SHIPPED;
    }

    @Test
    void goalAt4ReachesItsGoalInTheFourthTurnAndNotBefore() throws Exception {
        for (int turn = 1; turn <= 3; turn++) {
            assertThat(turn("goal-at-4", turn).text()).doesNotContain("GOAL-REACHED");
        }
        assertThat(turn("goal-at-4", 4).text()).contains("GOAL-REACHED");
        assertThat(turn("goal-at-4", 5).text()).contains("GOAL-REACHED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "slow", "instant"})
    void whatNeverReachesAGoalDoesNotUpToTheLastTurnAndDoesNotRepeatItself(String name)
            throws Exception {
        Set<String> said = new HashSet<>();
        for (int turn = 1; turn <= 25; turn++) {
            said.add(turn(name, turn).text());
        }

        assertThat(said).hasSize(25).noneMatch(text -> text.contains("GOAL-REACHED"));
    }

    @Test
    void flakyFailsOnItsSecondAndThirdCallAndGoesOnAsGoalAt4() throws Exception {
        assertThat(turn("flaky", 1).calls()).isEqualTo(1);

        Reply second = turn("flaky", 2);

        assertThat(second.calls()).isEqualTo(3);
        assertThat(listener.retries)
                .extracting(retried -> retried.cause().kind())
                .containsExactly(Kind.RATE_LIMITED, Kind.OVERLOADED);
        assertThat(listener.retries.get(0).cause()).hasMessageContaining("429");
        assertThat(listener.retries.get(1).cause()).hasMessageContaining("503");
        for (int turn = 1; turn <= 4; turn++) {
            assertThat(turn("flaky", turn).text()).isEqualTo(turn("goal-at-4", turn).text());
        }
        assertThat(turn("flaky", 3).calls()).isEqualTo(1);
    }

    @Test
    void flakyRepeatsItselfAfterARestart() throws Exception {
        turn("flaky", 2);
        ChatModels restarted = ChatModelsFactory.create(LlmSettings.defaults(), time);

        assertThat(restarted.chat(atTurn("scripted:flaky", "battle-1", 2), listener).calls())
                .isEqualTo(3);
    }

    @Test
    void flakysSecondFailureComesInTheMiddleOfAReply() throws Exception {
        Reply reply = turn("flaky", 2);

        assertThat(listener.text()).startsWith("I found the ").endsWith(reply.text());
        assertThat(listener.text().length()).isGreaterThan(reply.text().length());
    }

    @Test
    void brokenRefusesEveryCallAtOnce() {
        for (int turn = 1; turn <= 3; turn++) {
            int asked = turn;
            ModelException e =
                    catchThrowableOfType(ModelException.class, () -> turn("broken", asked));
            assertThat(e.kind()).isEqualTo(Kind.BAD_REQUEST);
            assertThat(e.calls()).isEqualTo(1);
        }
        assertThat(listener.retries).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"slow,1000,3000", "goal-at-4,150,450", "never,150,450", "instant,0,0"})
    void latencyIsThatOfTheTable(String name, long least, long most) throws Exception {
        for (int turn = 1; turn <= 25; turn++) {
            assertThat(turn(name, turn).latency())
                    .isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
        }
    }

    @Test
    void slowStreamsItsWordsEvenlyOverTheLatency() throws Exception {
        Reply reply = turn("slow", 1);

        assertThat(listener.text()).isEqualTo(reply.text());
        assertThat(listener.deltas).hasSizeGreaterThan(8);
        Duration even = reply.latency().dividedBy(listener.deltas.size());
        assertThat(time.sleeps().stream().limit(listener.deltas.size()))
                .allMatch(sleep -> sleep.minus(even).abs().toNanos() < 1_000);
    }

    @Test
    void instantSays600BytesWithoutDeltas() throws Exception {
        for (int turn = 1; turn <= 25; turn++) {
            Reply reply = turn("instant", turn);
            assertThat(reply.text().getBytes(StandardCharsets.UTF_8)).hasSize(600);
            assertThat(reply.tokensOut()).isEqualTo(150);
        }
        assertThat(listener.deltas).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "judge,Judge this: all done. GOAL-REACHED,yes",
        "judge,Judge this: not yet.,no",
        "unsure,Judge this: all done. GOAL-REACHED,uncertain"
    })
    void judgesAnswerInJson(String name, String question, String verdict) throws Exception {
        Reply reply = models.chat(asking("scripted:" + name, question), listener);

        assertThat(reply.text())
                .matches(
                        "\\{\"verdict\":\"%s\",\"confidence\":0\\.\\d+,\"reason\":\"[^\"]+\"}"
                                .formatted(verdict));
    }

    @Test
    void costIsExactByTheTokensCounted() throws Exception {
        Reply reply = turn("goal-at-4", 1);

        assertThat(reply.costUsd())
                .isEqualByComparingTo(
                        new BigDecimal("0.15")
                                .multiply(BigDecimal.valueOf(reply.tokensIn()))
                                .add(
                                        new BigDecimal("0.60")
                                                .multiply(BigDecimal.valueOf(reply.tokensOut())))
                                .divide(BigDecimal.valueOf(1_000_000)));
    }

    @Test
    void aPriceInTheSettingsGoesBeforeThePlaybooks() throws Exception {
        ChatModels priced =
                ChatModelsFactory.create(
                        LlmSettings.defaults()
                                .withPrice(
                                        "scripted:instant",
                                        ModelPrice.of(BigDecimal.ZERO, BigDecimal.TEN)),
                        time);

        assertThat(priced.chat(atTurn("scripted:instant", "b", 1), listener).costUsd())
                .isEqualByComparingTo("0.0015");
    }

    @Test
    void whatIsNotThereIsUnknown() {
        assertThat(models.knows(ModelReference.parse("scripted:other"))).isFalse();
        assertThat(models.knows(ModelReference.parse("other:never"))).isFalse();
        assertThatThrownBy(() -> models.chat(asking("scripted:other", "hello"), listener))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(Kind.UNKNOWN_MODEL);
                            assertThat(e.calls()).isZero();
                        });
        assertThatThrownBy(() -> models.chat(asking("other:never", "hello"), listener))
                .hasMessage(
                        "There is no provider for other:never; configured are anthropic, openai, scripted");
    }

    private Reply turn(String name, int turn) throws ModelException, InterruptedException {
        return models.chat(atTurn("scripted:" + name, "battle-1", turn), listener);
    }
}
