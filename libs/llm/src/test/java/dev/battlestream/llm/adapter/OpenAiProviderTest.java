package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.asking;
import static dev.battlestream.llm.Conversations.atTurn;
import static dev.battlestream.llm.Conversations.limited;
import static dev.battlestream.llm.Conversations.seeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.FinishReason;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ModelPrice;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.PromptBound;
import dev.battlestream.llm.ProviderSettings;
import dev.battlestream.llm.Reply;
import dev.battlestream.llm.adapter.ProviderDouble.Behaviour;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire and comes back when all is well. */
@Timeout(60)
class OpenAiProviderTest {

    private static final ModelPrice PRICE = ModelPrice.of(new BigDecimal("2"), new BigDecimal("8"));

    private final ProviderDouble server;
    private final RecordingListener listener = new RecordingListener();

    OpenAiProviderTest() throws IOException {
        server = new ProviderDouble();
    }

    @AfterEach
    void closeServer() throws IOException {
        server.close();
    }

    @Test
    void aReplyIsStreamedWithItsUsageAndPrice() throws Exception {
        server.then(client -> client.stream("Good ", "morn", "ing"));
        ModelPrice price = ModelPrice.of(new BigDecimal("0.15"), new BigDecimal("0.60"));
        ChatModels models = ChatModelsFactory.create(settings().withPrice("local:small", price));

        Reply reply = models.chat(asking("local:small", "hello"), listener);

        assertThat(reply.text()).isEqualTo("Good morning");
        assertThat(listener.deltas).containsExactly("Good ", "morn", "ing");
        assertThat(reply.model()).isEqualTo("served-model");
        assertThat(reply.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(reply.tokensIn()).isEqualTo(11);
        assertThat(reply.tokensOut()).isEqualTo(7);
        assertThat(reply.costUsd()).isEqualByComparingTo("0.00000585");
        assertThat(reply.calls()).isEqualTo(1);
        assertThat(reply.latency()).isPositive();
    }

    @Test
    void aReplyThatSaysNothingOfItsUsageMayHaveCostItsWorstCase() throws Exception {
        ChatRequest request = limited(asking("local:small", "hello"), 50);
        server.then(answer("fine", ""));

        Reply reply = priced().chat(request, listener);

        assertThat(reply.costUsd()).isZero();
        assertThat(reply.unsettledUsd())
                .isPositive()
                .isEqualByComparingTo(PRICE.worstCase(PromptBound.tokens(request.messages()), 50));
        assertThat(priced().worstCaseCost(request))
                .hasValueSatisfying(
                        worst -> assertThat(reply.unsettledUsd()).isLessThanOrEqualTo(worst));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":0,\"total_tokens\":11}",
                "\"usage\":{\"prompt_tokens\":11}"
            })
    void aReplyThatSaysNothingOfItsTokensMayHaveUsedAllItMay(String usage) throws Exception {
        server.then(answer("fine", usage));

        Reply reply = priced().chat(limited(asking("local:small", "hello"), 50), listener);

        assertThat(reply.costUsd()).isEqualByComparingTo(PRICE.cost(11, 0));
        assertThat(reply.unsettledUsd()).isEqualByComparingTo(PRICE.worstCase(0, 50));
    }

    @Test
    void aReplyThatSaysNothingOfTheRequestsTokensMayHaveCostTheDearestPrompt() throws Exception {
        ChatRequest request = limited(asking("local:small", "hello"), 50);
        server.then(answer("fine", "\"usage\":{\"completion_tokens\":7}"));

        Reply reply = priced().chat(request, listener);

        assertThat(reply.costUsd()).isEqualByComparingTo(PRICE.cost(0, 7));
        assertThat(reply.unsettledUsd())
                .isEqualByComparingTo(PRICE.worstCase(PromptBound.tokens(request.messages()), 0));
    }

    @Test
    void aReplyWithoutBoundAndUsageHasATokenForEachOfItsBytes() throws Exception {
        ChatRequest request = asking("local:small", "hello");
        server.then(answer("schön", ""));

        Reply reply = priced().chat(request, listener);

        assertThat(reply.unsettledUsd())
                .isEqualByComparingTo(PRICE.worstCase(PromptBound.tokens(request.messages()), 6));
    }

    @Test
    void anEmptyFinishReasonIsNoEnd() throws Exception {
        try (ProviderRig rig = new ProviderRig(Dialect.OPENAI)) {
            rig.server.then(client -> {
                client.begin();
                client.event(
                        """
                        {"choices":[{"index":0,"delta":{"content":"half"},"finish_reason":""}]}\
                        """);
                client.end();
            });

            assertThat(rig.failure(rig.once()).kind()).isEqualTo(Kind.NETWORK);
        }
    }

    @Test
    void tokensFromTheCacheAreCountedAtTheirOwnPrice() throws Exception {
        server.then(client -> {
            client.begin();
            client.delta("fine");
            client.event(
                    """
                    {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\
                    """);
            client.event(
                    """
                    {"id":"1","model":"served-model","choices":[],"usage":{"prompt_tokens":1000,\
                    "completion_tokens":10,"total_tokens":1010,\
                    "prompt_tokens_details":{"cached_tokens":600}}}\
                    """);
            client.event("[DONE]");
            client.raw("0\r\n\r\n");
        });
        ModelPrice price =
                new ModelPrice(
                        new BigDecimal("2"),
                        new BigDecimal("8"),
                        new BigDecimal("0.50"),
                        new BigDecimal("2"));
        ChatModels models = ChatModelsFactory.create(settings().withPrice("local:small", price));

        Reply reply = models.chat(asking("local:small", "hello"), listener);

        assertThat(reply.tokensIn()).isEqualTo(1_000);
        assertThat(reply.cachedTokensIn()).isEqualTo(600);
        // 400 at 2, 600 at 0.50 and 10 at 8 dollars a million.
        assertThat(reply.costUsd()).isEqualByComparingTo("0.00118");
    }

    @Test
    void theWholeConversationIsSentAndUsageIsAskedFor() throws Exception {
        server.then(client -> client.stream("fine"));

        models().chat(atTurn("local:some/model:7b", "battle-1", 2), listener);

        assertThat(server.received().getFirst().head())
                .startsWith("POST /v1/chat/completions HTTP/1.1");
        assertThat(server.received().getFirst().body().replaceAll("\\s", ""))
                .contains(
                        "\"model\":\"some/model:7b\"",
                        "\"stream\":true",
                        "\"include_usage\":true",
                        "\"role\":\"system\"",
                        "\"role\":\"assistant\",\"content\":\"Answer1\"")
                .doesNotContain("max_tokens", "max_completion_tokens", "temperature");
    }

    @Test
    void aLimitIsSentUnderTheNameThatEveryServerKnows() throws Exception {
        server.then(client -> client.stream("fine"));

        models().chat(limited(asking("local:small", "hello"), 33), listener);

        assertThat(server.received().getFirst().body().replaceAll("\\s", ""))
                .contains("\"max_tokens\":33", "\"temperature\":0.5")
                .doesNotContain("max_completion_tokens");
    }

    @Test
    void aSeedIsSentAndOnlyWhereThereIsOne() throws Exception {
        server.then(client -> client.stream("fine"));
        server.then(client -> client.stream("fine"));

        models().chat(seeded(asking("local:small", "hello"), 417), listener);
        models().chat(asking("local:small", "hello"), listener);

        assertThat(server.received().getFirst().body().replaceAll("\\s", ""))
                .contains("\"seed\":417");
        assertThat(server.received().getLast().body()).doesNotContain("seed");
    }

    @Test
    void keyAndHeadersAreSent() throws Exception {
        server.then(client -> client.stream("fine"));
        ProviderSettings provider =
                ProviderSettings.openai(server.baseUrl(), "sk-secret")
                        .withHeaders(Map.of("X-Team", "red"));

        ChatModelsFactory.create(LlmSettings.defaults().withProvider("local", provider))
                .chat(asking("local:small", "hello"), listener);

        assertThat(server.received().getFirst().head())
                .contains("Authorization: Bearer sk-secret", "X-Team: red");
    }

    @Test
    void serversOfOneKindHaveEachTheirOwnNameAndKey() throws Exception {
        try (ProviderDouble other = new ProviderDouble()) {
            server.then(client -> client.stream("one"));
            other.then(client -> client.stream("two"));
            ChatModels models =
                    ChatModelsFactory.create(
                            LlmSettings.defaults()
                                    .withProvider(
                                            "gpu-1",
                                            ProviderSettings.openai(server.baseUrl(), "sk-first"))
                                    .withProvider(
                                            "gpu-2",
                                            ProviderSettings.openai(other.baseUrl(), "sk-second")));

            assertThat(models.chat(asking("gpu-1:m", "hello"), listener).text()).isEqualTo("one");
            assertThat(models.chat(asking("gpu-2:m", "hello"), listener).text()).isEqualTo("two");
            assertThat(server.received().getFirst().head()).contains("Bearer sk-first");
            assertThat(other.received().getFirst().head()).contains("Bearer sk-second");
        }
    }

    @Test
    void withoutAKeyNoneIsSent() throws Exception {
        server.then(client -> client.stream("fine"));

        models().chat(asking("local:small", "hello"), listener);

        assertThat(server.received().getFirst().head()).doesNotContain("Authorization");
    }

    @Test
    void oneConnectionServesOneCallAfterTheOther() throws Exception {
        server.then(client -> client.stream("one"), client -> client.stream("two"));
        ChatModels models = models();

        models.chat(asking("local:small", "hello"), listener);
        models.chat(asking("local:small", "hello"), listener);

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void callsMadeAtOnceEachGetTheirOwnReply() throws Exception {
        Pattern question = Pattern.compile("question-\\d+");
        Behaviour echo =
                client -> {
                    Matcher asked = question.matcher(client.request().body());
                    client.stream("answer to ", asked.find() ? asked.group() : "nothing");
                };
        ChatModels models = models();
        List<Future<Reply>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 300; i++) {
                server.then(echo);
                ChatRequest request = asking("local:small", "question-" + i);
                calls.add(threads.submit(() -> models.chat(request, ChatListener.NONE)));
            }
        }

        for (int i = 0; i < 300; i++) {
            assertThat(calls.get(i).get().text()).isEqualTo("answer to question-" + i);
        }
    }

    @Test
    void aReplyThatMetItsLimitSaysSo() throws Exception {
        server.then(client -> {
            client.begin();
            client.delta("to be continued");
            client.event(
                    """
                    {"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}\
                    """);
            client.end();
        });

        Reply reply = models().chat(asking("local:small", "hello"), listener);

        assertThat(reply.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(reply.tokensIn()).isZero();
    }

    @Test
    void whatAListenerThrowsReachesTheCallerAndEndsTheStream() {
        server.then(client -> {
            client.begin();
            client.delta("first");
            client.awaitHangUp();
        });
        ChatListener failing =
                Listeners.onDelta(() -> {
                    throw new IllegalStateException("the listener's own");
                });

        assertThatThrownBy(() -> models().chat(asking("local:small", "hello"), failing))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the listener's own");
        assertThat(server.hungUp()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void anAttemptThatFailedLeavesItsDeltasBehindTheRetry() throws Exception {
        AtomicInteger heardBeforeRetry = new AtomicInteger();
        server.then(
                client -> {
                    client.begin();
                    client.delta("half a rep");
                    client.hangUp();
                },
                client -> client.stream("whole"));
        ChatListener counting =
                new ChatListener() {
                    @Override
                    public void delta(String text) {
                        listener.delta(text);
                    }

                    @Override
                    public void retrying(int failedAttempt, ModelException cause, Duration wait) {
                        heardBeforeRetry.set(listener.deltas.size());
                    }
                };

        Reply reply = models().chat(asking("local:small", "hello"), counting);

        assertThat(reply.text()).isEqualTo("whole");
        assertThat(listener.deltas).containsExactly("half a rep", "whole");
        assertThat(heardBeforeRetry).hasValue(1);
    }

    @Test
    void openAiItselfIsNotAskedWithoutAKey() {
        ChatModels models = ChatModelsFactory.create(LlmSettings.defaults());

        assertThat(models.knows(ModelReference.parse("openai:gpt-4o-mini"))).isTrue();
        assertThatThrownBy(() -> models.chat(asking("openai:gpt-4o-mini", "hello"), listener))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(Kind.AUTH);
                            assertThat(e.calls()).isZero();
                        })
                .hasMessage("openai:gpt-4o-mini needs an API key and none is set");
    }

    private ChatModels models() {
        return ChatModelsFactory.create(settings(), new FakeTimepiece());
    }

    private ChatModels priced() {
        return ChatModelsFactory.create(settings().withPrice("local:small", PRICE));
    }

    /** A stream whose last event has these fields beside the end. */
    private static Behaviour answer(String text, String usage) {
        return client -> {
            client.begin();
            client.delta(text);
            client.event(
                    """
                    {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]%s}\
                    """
                            .formatted(usage.isEmpty() ? "" : "," + usage));
            client.event("[DONE]");
            client.end();
        };
    }

    private LlmSettings settings() {
        return LlmSettings.defaults()
                .withProvider("local", ProviderSettings.openai(server.baseUrl(), null));
    }
}
