package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.asking;
import static dev.battlestream.llm.Conversations.atTurn;
import static dev.battlestream.llm.Conversations.limited;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelPrice;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.PromptBound;
import dev.battlestream.llm.Reply;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must be set aside before a call, against what the call then cost. */
class WorstCaseTest {

    private static final ModelPrice PRICE =
            ModelPrice.of(new BigDecimal("1"), new BigDecimal("10"));

    private final ChatModels models =
            ChatModelsFactory.create(
                    LlmSettings.defaults()
                            .withPrice("scripted:flaky", PRICE)
                            .withPrice("openai:dear", PRICE),
                    new FakeTimepiece());

    @Test
    void itIsThatOfTwoAttemptsWithAllTheTokensTheyMayHave() {
        ChatRequest request = limited(asking("openai:dear", "hello"), 100);

        // 64 + 16 + 5 tokens for 1 and 100 for 10 dollars a million, twice.
        assertThat(models.worstCaseCost(request))
                .hasValueSatisfying(worst -> assertThat(worst).isEqualByComparingTo("0.00217"));
        assertThat(models.price(request.model())).isEqualTo(PRICE);
    }

    @Test
    void aModelWithAPriceHasNoneWithoutABoundOnTheReply() {
        assertThat(models.worstCaseCost(asking("openai:dear", "hello"))).isEmpty();
    }

    @Test
    void aModelWithoutAPriceCostsNothing() {
        ChatRequest request = asking("openai:unpriced", "hello");

        assertThat(models.worstCaseCost(request))
                .hasValueSatisfying(worst -> assertThat(worst).isZero());
        assertThat(models.price(ModelReference.parse("openai:unpriced")))
                .isEqualTo(ModelPrice.FREE);
    }

    @Test
    void anAttemptThatBrokeOffInItsReplyIsSetDownBesideTheCost() throws Exception {
        ChatRequest request = limited(atTurn("scripted:flaky", "battle-1", 2), 50);

        Reply reply = models.chat(request, ChatListener.NONE);

        assertThat(reply.calls()).isEqualTo(3);
        assertThat(reply.unsettledUsd())
                .isEqualByComparingTo(PRICE.worstCase(PromptBound.tokens(request.messages()), 50));
    }

    @ParameterizedTest
    @CsvSource({
        "scripted:goal-at-4,1",
        "scripted:goal-at-4,25",
        "scripted:flaky,1",
        "scripted:flaky,2",
        "scripted:flaky,4",
        "scripted:judge,1",
        "scripted:slow,3"
    })
    void whatACallCostsStaysBelow(String model, int turn) throws Exception {
        ChatRequest request = limited(atTurn(model, "battle-1", turn), 30);

        Reply reply = models.chat(request, ChatListener.NONE);

        assertThat(models.worstCaseCost(request))
                .hasValueSatisfying(worst ->
                        assertThat(reply.costUsd().add(reply.unsettledUsd()))
                                .isLessThanOrEqualTo(worst));
    }
}
