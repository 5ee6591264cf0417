package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatProvider;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.CircuitSettings;
import dev.battlestream.llm.FinishReason;
import dev.battlestream.llm.LimitSettings;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.ProviderReply;
import dev.battlestream.llm.Tokens;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What attempts count for at the limits, above all those that come to nothing. */
@Timeout(60)
class EndpointTest {

    private static final Duration PATIENT = Duration.ofHours(1);
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final ModelReference MODEL = ModelReference.parse("test:m");

    /** 4 + 996 tokens, as they are estimated: 10 seconds of {@link #tokens}. */
    private static final ChatRequest LONG = asking("test:m", "x".repeat(3_984));

    private final FakeTimepiece time = new FakeTimepiece();

    @Test
    void whoIsTurnedAwayByTheProvidersLimitTakesNothingOfTheModels() throws Exception {
        Gate model = requests(1);
        Gate provider = places(1);
        Endpoint endpoint = endpoint(answering(Tokens.UNKNOWN), noCircuit(), model, provider);
        provider.enter(1, AT_ONCE);

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> endpoint.attempt(LONG, 1, AT_ONCE, ChatListener.NONE))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("its limit concurrency");
        }

        model.enter(1, AT_ONCE);
    }

    @Test
    void whoIsTurnedAwayByTheCircuitTakesNothing() throws Exception {
        Gate model = requests(1);
        Gate provider = requests(1);
        Endpoint endpoint = endpoint(answering(Tokens.UNKNOWN), onTrial(), model, provider);

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> endpoint.attempt(LONG, 1, AT_ONCE, ChatListener.NONE))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("is being tried again");
        }

        model.enter(1, AT_ONCE);
        provider.enter(1, AT_ONCE);
    }

    @Test
    void anAttemptThatFailedCountsForItsRequest() throws Exception {
        Gate limit = tokens();

        fail(limit, failing(Kind.OVERLOADED, 1, ""), ModelException.class);

        assertThat(waitOfTheNext(limit)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
    }

    @Test
    void anAttemptThatBrokeOffCountsForWhatWasSaidAsWell() throws Exception {
        Gate limit = tokens();

        fail(limit, failing(Kind.NETWORK, 1, "y".repeat(4_000)), ModelException.class);

        assertThat(waitOfTheNext(limit)).isBetween(Duration.ofSeconds(18), Duration.ofSeconds(20));
    }

    @Test
    void anAttemptThatWasCancelledCountsForItsRequest() throws Exception {
        Gate limit = tokens();

        fail(limit, cancelled(), InterruptedException.class);

        assertThat(waitOfTheNext(limit)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
    }

    @Test
    void anAttemptThatDidNotReachTheProviderCountsForNoMoreThanItHadToWaitFor() throws Exception {
        Gate limit = tokens();

        fail(limit, failing(Kind.NETWORK, 0, ""), ModelException.class);

        assertThat(waitOfTheNext(limit)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    /** Of the answer, 1,000 tokens as they are estimated. */
    @ParameterizedTest
    @CsvSource({"0,0,20", "0,500,15", "3000,0,40", "3000,500,35"})
    void whatAnAnswerDoesNotTellIsEstimated(int in, int out, int seconds) throws Exception {
        Gate limit = tokens();

        endpoint(answering(Tokens.uncached(in, out)), noCircuit(), limit)
                .attempt(LONG, 1, PATIENT, ChatListener.NONE);

        assertThat(waitOfTheNext(limit))
                .isBetween(Duration.ofSeconds(seconds - 2), Duration.ofSeconds(seconds));
    }

    private void fail(Gate limit, ChatProvider provider, Class<? extends Exception> failure) {
        Endpoint endpoint = endpoint(provider, noCircuit(), limit);
        assertThatThrownBy(() -> endpoint.attempt(LONG, 1, PATIENT, ChatListener.NONE))
                .isInstanceOf(failure);
    }

    /** Zero for none. */
    private Duration waitOfTheNext(Gate limit) throws Exception {
        int before = time.sleeps().size();
        limit.enter(1, PATIENT);
        List<Duration> sleeps = time.sleeps();
        return sleeps.size() == before ? Duration.ZERO : sleeps.getLast();
    }

    private Endpoint endpoint(ChatProvider provider, Circuit circuit, Gate... gates) {
        return new Endpoint(
                provider,
                List.of(gates),
                circuit,
                new CallMeters(new CompositeMeterRegistry(), List.of(), List.of()),
                time);
    }

    private Gate requests(int perMinute) {
        return gate(null, perMinute, null);
    }

    private Gate places(int count) {
        return gate(count, null, null);
    }

    /** A hundred a second. */
    private Gate tokens() {
        return gate(null, null, 6_000);
    }

    private Gate gate(
            @Nullable Integer concurrency, @Nullable Integer requests, @Nullable Integer tokens) {
        return new Gate(new LimitSettings(concurrency, requests, tokens, PATIENT), time);
    }

    private static Circuit noCircuit() {
        return new Circuit(CircuitSettings.off(), "test:m");
    }

    /** One that has had its rest and whose only trial is under way. */
    private static Circuit onTrial() throws ModelException {
        Circuit circuit =
                new Circuit(
                        new CircuitSettings(true, 50, 2, 2, Duration.ofMillis(10), 1), "test:m");
        for (int i = 0; i < 2; i++) {
            circuit.acquire(MODEL);
            circuit.failed(failure(Kind.OVERLOADED, 1), Duration.ZERO);
        }
        await().ignoreExceptions().untilAsserted(() -> circuit.acquire(MODEL));
        return circuit;
    }

    private static ChatProvider answering(Tokens tokens) {
        return provider(_ -> new ProviderReply("y".repeat(4_000), "m", FinishReason.STOP, tokens));
    }

    private static ChatProvider failing(Kind kind, int calls, String said) {
        return provider(listener -> {
            listener.delta(said);
            throw failure(kind, calls);
        });
    }

    private static ChatProvider cancelled() {
        return provider(_ -> {
            throw new InterruptedException();
        });
    }

    /** What a provider does with an attempt. */
    private interface Deed {
        ProviderReply chat(ChatListener listener) throws ModelException, InterruptedException;
    }

    private static ChatProvider provider(Deed deed) {
        return new ChatProvider() {
            @Override
            public ProviderReply chat(ChatRequest request, int attempt, ChatListener listener)
                    throws ModelException, InterruptedException {
                return deed.chat(listener);
            }

            @Override
            public boolean knows(String model) {
                return true;
            }
        };
    }

    private static ModelException failure(Kind kind, int calls) {
        return new ModelException(kind, "it failed", null, calls, null);
    }
}
