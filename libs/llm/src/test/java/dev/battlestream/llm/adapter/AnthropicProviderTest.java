package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.asking;
import static dev.battlestream.llm.Conversations.atTurn;
import static dev.battlestream.llm.Conversations.limited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.FinishReason;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ModelPrice;
import dev.battlestream.llm.Reply;
import java.io.IOException;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes over the wire to Anthropic and comes back when all is well. */
@Timeout(60)
class AnthropicProviderTest {

    private final ProviderRig rig;

    AnthropicProviderTest() throws IOException {
        rig = new ProviderRig(Dialect.ANTHROPIC);
    }

    @AfterEach
    void closeServer() throws IOException {
        rig.close();
    }

    @Test
    void aReplyIsStreamedWithItsUsage() throws Exception {
        rig.server.then(client -> client.stream("Good ", "morn", "ing"));

        Reply reply = rig.models().chat(asking("local:small", "hello"), rig.listener);

        assertThat(reply.text()).isEqualTo("Good morning");
        assertThat(rig.listener.deltas).containsExactly("Good ", "morn", "ing");
        assertThat(reply.model()).isEqualTo("served-model");
        assertThat(reply.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(reply.tokensIn()).isEqualTo(11);
        assertThat(reply.tokensOut()).isEqualTo(7);
    }

    @Test
    void tokensOfTheCacheAreCountedAtTheirOwnPrices() throws Exception {
        rig.server.then(client -> {
            client.raw(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.event(
                    """
                    {"type":"message_start","message":{"id":"1","type":"message",\
                    "role":"assistant","model":"m","content":[],"usage":{"input_tokens":100,\
                    "cache_creation_input_tokens":200,"cache_read_input_tokens":700,\
                    "output_tokens":1}}}\
                    """);
            client.event(
                    """
                    {"type":"content_block_start","index":0,\
                    "content_block":{"type":"text","text":""}}\
                    """);
            client.delta("fine");
            client.finish("length");
            client.end();
        });
        ModelPrice price =
                new ModelPrice(
                        new BigDecimal("3"),
                        new BigDecimal("15"),
                        new BigDecimal("0.30"),
                        new BigDecimal("3.75"));
        ChatModels models =
                rig.models(
                        LlmSettings.defaults()
                                .withProvider("local", rig.provider())
                                .withPrice("local:small", price));

        Reply reply = models.chat(asking("local:small", "hello"), rig.listener);

        assertThat(reply.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(reply.tokensIn()).isEqualTo(1_000);
        assertThat(reply.cachedTokensIn()).isEqualTo(700);
        // 100 at 3, 700 at 0.30, 200 at 3.75 and 7 at 15 dollars a million.
        assertThat(reply.costUsd()).isEqualByComparingTo("0.001365");
    }

    @Test
    void theCountAtTheBeginningIsNotThatOfTheReply() throws Exception {
        rig.server.then(client -> {
            client.begin();
            client.delta("fine");
            client.event(
                    """
                    {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null}}\
                    """);
            client.event("{\"type\":\"message_stop\"}");
            client.end();
        });
        ModelPrice price = ModelPrice.of(new BigDecimal("3"), new BigDecimal("15"));
        ChatModels models =
                rig.models(
                        LlmSettings.defaults()
                                .withProvider("local", rig.provider())
                                .withPrice("local:small", price));

        Reply reply = models.chat(limited(asking("local:small", "hello"), 50), rig.listener);

        assertThat(reply.tokensIn()).isEqualTo(11);
        assertThat(reply.tokensOut()).isZero();
        assertThat(reply.costUsd()).isEqualByComparingTo(price.cost(11, 0));
        assertThat(reply.unsettledUsd()).isEqualByComparingTo(price.worstCase(0, 50));
    }

    @Test
    void theConversationIsSentAsMessagesWithTheSystemPromptBesideThem() throws Exception {
        rig.server.then(client -> client.stream("fine"));

        rig.models().chat(limited(atTurn("local:small", "battle-1", 2), 33), rig.listener);

        assertThat(rig.server.received().getFirst().head())
                .startsWith("POST /v1/messages HTTP/1.1")
                .contains(
                        "x-api-key: " + ProviderRig.KEY,
                        "anthropic-version: 2023-06-01",
                        "X-Proxy-Token: " + ProviderRig.HEADER)
                .doesNotContain("Authorization");
        assertThat(rig.server.received().getFirst().body().replaceAll("\\s", ""))
                .contains(
                        "\"model\":\"small\"",
                        "\"stream\":true",
                        "\"max_tokens\":33",
                        "\"temperature\":0.5",
                        "\"system\":[{",
                        "\"role\":\"assistant\"",
                        "Answer1")
                .doesNotContain("\"role\":\"system\"", "thinking");
    }

    @Test
    void whatARequestLeavesOpenIsSetAsTheServiceWantsIt() throws Exception {
        rig.server.then(client -> client.stream("fine"), client -> client.stream("fine"));
        ChatRequest request = asking("local:small", "hello");

        rig.models().chat(request, rig.listener);
        rig.models()
                .chat(
                        new ChatRequest(request.model(), request.messages(), null, 1.8, "battle-1"),
                        rig.listener);

        assertThat(rig.server.received().get(0).body().replaceAll("\\s", ""))
                .contains("\"max_tokens\":4096")
                .doesNotContain("temperature");
        assertThat(rig.server.received().get(1).body().replaceAll("\\s", ""))
                .contains("\"temperature\":1.0");
    }

    @Test
    void withoutAKeyNobodyIsAsked() {
        ChatModels models = ChatModelsFactory.create(LlmSettings.defaults());

        assertThatThrownBy(() -> models.chat(asking("anthropic:claude", "hello"), rig.listener))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(Kind.AUTH);
                            assertThat(e.calls()).isZero();
                        })
                .hasMessage("anthropic:claude needs an API key and none is set");
    }
}
