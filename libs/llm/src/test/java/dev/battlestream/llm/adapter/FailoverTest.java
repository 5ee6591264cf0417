package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.asking;
import static dev.battlestream.llm.Conversations.limited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.CircuitSettings;
import dev.battlestream.llm.LimitSettings;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ModelPrice;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.ModelSettings;
import dev.battlestream.llm.PromptBound;
import dev.battlestream.llm.ProviderSettings;
import dev.battlestream.llm.Reply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers of two kinds: what the one cannot do, the other does in its place. */
@Timeout(60)
class FailoverTest {

    private static final ChatRequest REQUEST = limited(asking("first:small", "hello"), 100);
    private static final ModelPrice CHEAP = ModelPrice.of(new BigDecimal("1"), new BigDecimal("2"));
    private static final ModelPrice DEAR =
            ModelPrice.of(new BigDecimal("10"), new BigDecimal("20"));

    private final ProviderRig rig;
    private final ProviderDouble second;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    FailoverTest() throws IOException {
        rig = new ProviderRig(Dialect.OPENAI);
        second = new ProviderDouble(Dialect.ANTHROPIC);
    }

    @AfterEach
    void closeServers() throws IOException {
        rig.close();
        second.close();
    }

    @Test
    void aProviderThatFailsIsRepresentedByAnother() throws Exception {
        rig.server.then(client -> client.answer(503, "", ""));
        second.then(client -> client.stream("from the second"));

        Reply reply = models(first().withFailover("second:large")).chat(REQUEST, rig.listener);

        assertThat(reply.text()).isEqualTo("from the second");
        assertThat(reply.standIn()).isEqualTo(ModelReference.parse("second:large"));
        assertThat(reply.calls()).isEqualTo(2);
        // 11 tokens in, 7 out, at the second's price.
        assertThat(reply.costUsd()).isEqualByComparingTo("0.00025");
        assertThat(second.received().getFirst().body()).contains("large");
        assertThat(
                        meters.get("battlestream.llm.failovers")
                                .tags("provider", "first", "to", "second", "reason", "overloaded")
                                .counter()
                                .count())
                .isOne();
    }

    @Test
    void withoutANameTheOtherIsAskedForTheSameModel() throws Exception {
        rig.server.then(client -> client.answer(503, "", ""));
        second.then(client -> client.stream("fine"));

        models(first().withFailover("second")).chat(REQUEST, rig.listener);

        assertThat(second.received().getFirst().body()).contains("small");
    }

    @Test
    void aModelsOwnStandInGoesBeforeItsProviders() throws Exception {
        rig.server.then(client -> client.answer(503, "", ""));
        second.then(client -> client.stream("fine"));
        ProviderSettings provider =
                first().withFailover("second:large")
                        .withModel("small", new ModelSettings(LimitSettings.NONE, "second:tiny"));

        Reply reply = models(provider).chat(REQUEST, rig.listener);

        assertThat(reply.standIn()).isEqualTo(ModelReference.parse("second:tiny"));
    }

    @Test
    void whatWasHeardOfTheFirstIsVoidAndSetDownAsPerhapsPaid() throws Exception {
        rig.server.then(client -> {
            client.begin();
            client.delta("half a rep");
            client.hangUp();
        });
        second.then(client -> client.stream("whole"));
        ChatModels models = create(first().withFailover("second:large"), 2);

        Reply reply = models.chat(REQUEST, rig.listener);

        assertThat(reply.text()).isEqualTo("whole");
        assertThat(rig.listener.deltas).containsExactly("half a rep", "whole");
        assertThat(rig.listener.retries)
                .singleElement()
                .satisfies(retried -> {
                    assertThat(retried.cause().kind()).isEqualTo(Kind.NETWORK);
                    assertThat(retried.pause()).isZero();
                });
        assertThat(reply.unsettledUsd())
                .isEqualByComparingTo(DEAR.worstCase(PromptBound.tokens(REQUEST.messages()), 100));
        assertThat(models.worstCaseCost(REQUEST))
                .hasValueSatisfying(worst ->
                        assertThat(worst)
                                .isGreaterThanOrEqualTo(reply.costUsd().add(reply.unsettledUsd())));
    }

    @Test
    void nobodyElseIsAskedWhenAllThatMayBePaidMayHaveBeenPaid() {
        rig.server.then(client -> {
            client.begin();
            client.delta("half a rep");
            client.hangUp();
        });

        ModelException failure = failure(models(first().withFailover("second:large")));

        assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
        assertThat(second.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 429, 500, 504})
    void whatLiesWithTheProviderGoesToTheOther(int status) throws Exception {
        rig.server.then(client -> client.answer(status, "", ""));
        second.then(client -> client.stream("fine"));

        models(first().withFailover("second:large")).chat(REQUEST, rig.listener);

        assertThat(second.received()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"400,BAD_REQUEST", "404,UNKNOWN_MODEL", "413,CONTEXT_TOO_LONG"})
    void whatLiesWithTheRequestDoesNot(int status, Kind kind) {
        rig.server.then(client -> client.answer(status, "", ""));

        ModelException failure = failure(models(first().withFailover("second:large")));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(second.received()).isEmpty();
    }

    @Test
    void whenBothFailBothAreNamed() {
        rig.server.then(client -> client.answer(503, "", ""));
        second.then(client -> client.answer(529, "", ""));

        ModelException failure = failure(models(first().withFailover("second:large")));

        assertThat(failure)
                .hasMessage(
                        "first:small answered HTTP 503; in its place, second:large answered HTTP 529");
        assertThat(failure.calls()).isEqualTo(2);
        assertThat(failure.unsettledUsd()).isZero();
    }

    @Test
    void anOpenCircuitGoesToTheOtherWithoutAskingTheFirst() throws Exception {
        CircuitSettings touchy = new CircuitSettings(true, 50, 2, 2, Duration.ofMinutes(1), 1);
        ChatModels models = models(first().withCircuit(touchy).withFailover("second:large"));
        rig.server.then(client -> client.answer(503, "", ""), client -> client.answer(503, "", ""));
        for (int i = 0; i < 5; i++) {
            second.then(client -> client.stream("fine"));
            models.chat(REQUEST, rig.listener);
        }

        assertThat(rig.server.received()).hasSize(2);
        assertThat(second.received()).hasSize(5);
        assertThat(
                        meters.get("battlestream.llm.circuits.open")
                                .tag("provider", "first")
                                .gauge()
                                .value())
                .isOne();
    }

    @Test
    void anOpenCircuitIsAClearFailureWhereNobodyStandsIn() {
        CircuitSettings touchy = new CircuitSettings(true, 50, 2, 2, Duration.ofMinutes(1), 1);
        ChatModels models = models(first().withCircuit(touchy));
        rig.server.then(client -> client.answer(503, "", ""), client -> client.answer(503, "", ""));
        failure(models);
        failure(models);

        ModelException failure = failure(models);

        assertThat(failure.kind()).isEqualTo(Kind.CIRCUIT_OPEN);
        assertThat(failure)
                .hasMessage("first:small is not asked for 60 s because its last calls failed");
        assertThat(failure.calls()).isZero();
        assertThat(rig.listener.retries).isEmpty();
    }

    private ModelException failure(ChatModels models) {
        return catchThrowableOfType(ModelException.class, () -> models.chat(REQUEST, rig.listener));
    }

    private ProviderSettings first() {
        return ProviderSettings.openai(rig.server.baseUrl(), null);
    }

    private ChatModels models(ProviderSettings first) {
        return create(first, 1);
    }

    private ChatModels create(ProviderSettings first, int charged) {
        return ChatModelsFactory.create(
                LlmSettings.defaults()
                        .withRetry(ProviderRig.retry(1, charged))
                        .withProvider("second", ProviderSettings.anthropic(second.baseUrl(), "any"))
                        .withProvider("first", first)
                        .withPrice("first:small", CHEAP)
                        .withPrice("second:large", DEAR),
                meters,
                rig.time);
    }
}
