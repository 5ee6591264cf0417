package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatProvider;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.CircuitSettings;
import dev.battlestream.llm.FinishReason;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ProviderReply;
import dev.battlestream.llm.RetrySettings;
import dev.battlestream.llm.Tokens;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryingTest {

    private static final ProviderReply REPLY =
            new ProviderReply("fine", "m", FinishReason.STOP, Tokens.uncached(1, 1));

    private static final BigDecimal CHARGE = new BigDecimal("0.25");

    private final FakeTimepiece time = new FakeTimepiece();
    private final RecordingListener listener = new RecordingListener();

    private record Answered(ProviderReply reply, Duration latency, int calls, int charged) {}

    @Test
    void aSuccessIsNotRepeated() throws Exception {
        Answered answered = chat(RetrySettings.defaults(), failing());

        assertThat(answered.reply()).isEqualTo(REPLY);
        assertThat(answered.calls()).isEqualTo(1);
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void passingFailuresAreWaitedOutAndCounted() throws Exception {
        Answered answered =
                chat(
                        RetrySettings.defaults(),
                        failing(failure(Kind.OVERLOADED, null), failure(Kind.NETWORK, null)));

        assertThat(answered.calls()).isEqualTo(3);
        assertThat(listener.retries)
                .extracting(RecordingListener.Retried::failedAttempt)
                .containsExactly(1, 2);
        assertThat(listener.retries)
                .extracting(RecordingListener.Retried::pause)
                .isEqualTo(time.sleeps());
    }

    @Test
    void waitsGrowExponentiallyWithJitterUpToTheLongest() throws Exception {
        RetrySettings settings =
                new RetrySettings(
                        6,
                        Duration.ofMillis(100),
                        2.0,
                        Duration.ofMillis(300),
                        0.5,
                        Duration.ofSeconds(1),
                        2,
                        RetrySettings.defaults().kinds());
        ModelException[] failures =
                IntStream.range(0, 5)
                        .mapToObj(_ -> failure(Kind.OVERLOADED, null))
                        .toArray(ModelException[]::new);

        chat(settings, failing(failures));

        assertThat(time.sleeps()).hasSize(5);
        assertThat(time.sleeps().get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(150));
        assertThat(time.sleeps().get(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
        assertThat(time.sleeps()).allMatch(wait -> wait.toMillis() <= 300);
    }

    @Test
    void jitterKeepsCallsApart() throws Exception {
        for (int i = 0; i < 50; i++) {
            chat(RetrySettings.defaults(), failing(failure(Kind.OVERLOADED, null)));
        }

        assertThat(time.sleeps())
                .allMatch(wait -> wait.toMillis() >= 250 && wait.toMillis() <= 750)
                .anyMatch(wait -> wait.toMillis() < 450)
                .anyMatch(wait -> wait.toMillis() > 550);
    }

    @Test
    void retryAfterIsTheLeastThatIsWaited() throws Exception {
        chat(RetrySettings.defaults(), failing(failure(Kind.RATE_LIMITED, Duration.ofSeconds(7))));

        assertThat(time.sleeps().getFirst())
                .isBetween(Duration.ofMillis(7_250), Duration.ofMillis(7_750));
    }

    @Test
    void retryAfterIsNotFollowedBeyondItsCap() throws Exception {
        chat(RetrySettings.defaults(), failing(failure(Kind.RATE_LIMITED, Duration.ofHours(3))));

        assertThat(time.sleeps().getFirst())
                .isBetween(Duration.ofMillis(60_250), Duration.ofMillis(60_750));
    }

    @Test
    void theLastAttemptsFailureIsTheCallsAndSaysHowManyThereWere() {
        ModelException last = failure(Kind.TIMEOUT, null);
        ModelException thrown =
                catchThrowableOfType(
                        ModelException.class,
                        () ->
                                chat(
                                        RetrySettings.defaults(),
                                        failing(
                                                failure(Kind.OVERLOADED, null),
                                                failure(Kind.OVERLOADED, null),
                                                failure(Kind.OVERLOADED, null),
                                                last,
                                                failure(Kind.GARBAGE, null))));

        assertThat(thrown.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(thrown.calls()).isEqualTo(4);
        assertThat(thrown).hasMessage(last.getMessage());
        assertThat(time.sleeps()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"BAD_REQUEST", "CONTEXT_TOO_LONG", "AUTH", "REFUSED", "UNKNOWN_MODEL"})
    void aFailureForGoodIsNotRepeated(Kind kind) {
        assertThatThrownBy(() ->
                        chat(
                                RetrySettings.defaults(),
                                failing(failure(kind, Duration.ofSeconds(1)))))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        e -> {
                            assertThat(e.calls()).isEqualTo(1);
                            assertThat(e.passing()).isFalse();
                        });
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void whatIsTriedAgainIsASetting() {
        RetrySettings patient = RetrySettings.defaults();
        RetrySettings onlyNetwork =
                new RetrySettings(
                        patient.maxAttempts(),
                        patient.initialWait(),
                        patient.multiplier(),
                        patient.maxWait(),
                        patient.jitter(),
                        patient.maxRetryAfter(),
                        patient.maxChargedAttempts(),
                        Set.of(Kind.NETWORK));

        assertThatThrownBy(() -> chat(onlyNetwork, failing(failure(Kind.OVERLOADED, null))))
                .isInstanceOf(ModelException.class);
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void attemptsThatReachedNobodyAreNotCounted() throws Exception {
        ModelException unreached = new ModelException(Kind.NETWORK, "unreached", null, 0, null);

        assertThat(chat(RetrySettings.defaults(), failing(unreached, unreached)).calls())
                .isEqualTo(1);
    }

    @Test
    void anAttemptThatMayBeOnTheBillIsRepeatedOnceAndSetDown() throws Exception {
        Answered answered =
                chat(
                        RetrySettings.defaults(),
                        failing(
                                failure(Kind.OVERLOADED, null),
                                failure(Kind.NETWORK, null).asCharged()));

        assertThat(answered.calls()).isEqualTo(3);
        assertThat(answered.charged()).isEqualTo(1);
    }

    @Test
    void noAttemptFollowsWhenAllThatMayBeChargedWere() {
        ModelException thrown =
                catchThrowableOfType(
                        ModelException.class,
                        () ->
                                chat(
                                        RetrySettings.defaults(),
                                        failing(
                                                failure(Kind.NETWORK, null).asCharged(),
                                                failure(Kind.TIMEOUT, null).asCharged())));

        assertThat(thrown.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(thrown.calls()).isEqualTo(2);
        assertThat(thrown.unsettledUsd()).isEqualByComparingTo("0.50");
    }

    @Test
    void noAttemptBeginsAfterTheTimeOfTheCall() {
        ChatProvider slow =
                provider(_ -> {
                    time.sleep(Duration.ofMinutes(6));
                    throw failure(Kind.TIMEOUT, null);
                });

        assertThatThrownBy(() -> chat(RetrySettings.defaults(), slow))
                .isInstanceOfSatisfying(
                        ModelException.class, failure -> assertThat(failure.calls()).isEqualTo(2));
    }

    @Test
    void anInterruptEndsTheWait() {
        ChatProvider interrupting =
                provider(attempt -> {
                    Thread.currentThread().interrupt();
                    throw failure(Kind.OVERLOADED, null);
                });

        assertThatThrownBy(() -> chat(RetrySettings.defaults(), interrupting))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void latencyIsThatOfTheSuccessfulAttempt() throws Exception {
        ChatProvider slow =
                provider(attempt -> {
                    time.sleep(Duration.ofSeconds(attempt));
                    if (attempt == 1) {
                        throw failure(Kind.OVERLOADED, null);
                    }
                    return REPLY;
                });

        assertThat(chat(RetrySettings.defaults(), slow).latency()).isEqualTo(Duration.ofSeconds(2));
    }

    private Answered chat(RetrySettings settings, ChatProvider provider)
            throws ModelException, InterruptedException {
        Retrying retrying = new Retrying(settings, Duration.ofMinutes(10), time);
        Endpoint endpoint =
                new Endpoint(
                        provider,
                        List.of(),
                        new Circuit(CircuitSettings.off(), "test:m"),
                        new CallMeters(new CompositeMeterRegistry(), List.of(), List.of()),
                        time);
        Tally tally = retrying.begin();
        try {
            Endpoint.Attempted attempted =
                    retrying.chat(endpoint, asking("test:m", "hello"), tally, listener);
            return new Answered(
                    attempted.reply(), attempted.latency(), tally.calls() + 1, tally.charged());
        } catch (ModelException failure) {
            throw failure.withTotals(
                    tally.calls(), CHARGE.multiply(BigDecimal.valueOf(tally.charged())));
        }
    }

    private static ModelException failure(Kind kind, @Nullable Duration retryAfter) {
        return new ModelException(kind, "test:m failed: " + kind, retryAfter, 1, null);
    }

    private static ChatProvider failing(ModelException... failures) {
        Queue<ModelException> left = new ArrayDeque<>(List.of(failures));
        return provider(attempt -> {
            ModelException failure = left.poll();
            if (failure != null) {
                throw failure;
            }
            return REPLY;
        });
    }

    private interface Attempt {
        ProviderReply make(int attempt) throws ModelException, InterruptedException;
    }

    private static ChatProvider provider(Attempt attempts) {
        return new ChatProvider() {
            @Override
            public ProviderReply chat(ChatRequest request, int attempt, ChatListener listener)
                    throws ModelException, InterruptedException {
                return attempts.make(attempt);
            }

            @Override
            public boolean knows(String model) {
                return true;
            }
        };
    }
}
