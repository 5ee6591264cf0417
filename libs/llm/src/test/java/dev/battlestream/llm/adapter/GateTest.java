package dev.battlestream.llm.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.DURATION;
import static org.awaitility.Awaitility.await;

import dev.battlestream.llm.LimitSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GateTest {

    private static final Duration PATIENT = Duration.ofMinutes(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final FakeTimepiece time = new FakeTimepiece();

    @Test
    void thereAreSoManyPlacesAndNoMore() throws Exception {
        Gate gate = gate(2, null, null);
        gate.enter(0, PATIENT);
        gate.enter(0, PATIENT);

        assertThatThrownBy(() -> gate.enter(0, AT_ONCE))
                .isInstanceOf(Gate.Full.class)
                .hasMessage("concurrency");

        gate.leave();
        gate.enter(0, AT_ONCE);
    }

    @Test
    void anInterruptEndsTheWaitForAPlace() throws Exception {
        Gate gate = gate(1, null, null);
        gate.enter(0, PATIENT);
        CompletableFuture<Exception> outcome = new CompletableFuture<>();
        Thread waiting =
                Thread.startVirtualThread(() -> {
                    try {
                        gate.enter(0, PATIENT);
                        outcome.complete(new IllegalStateException("a place"));
                    } catch (Exception e) {
                        outcome.complete(e);
                    }
                });
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        waiting.interrupt();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        gate.leave();
        gate.enter(0, AT_ONCE);
    }

    @Test
    void requestsAreSpreadOverTheMinute() throws Exception {
        Gate gate = gate(null, 60, null);
        for (int i = 0; i < 4; i++) {
            gate.enter(0, PATIENT);
        }

        assertThat(time.sleeps()).hasSize(3);
        assertThat(time.sleeps().getLast()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
    }

    @Test
    void whoFindsNoPlaceInTheRateGivesBackTheOther() throws Exception {
        Gate gate = gate(1, 1, null);
        gate.enter(0, PATIENT);
        gate.leave();

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> gate.enter(0, Duration.ofSeconds(1)))
                    .isInstanceOf(Gate.Full.class)
                    .hasMessage("requests-per-minute");
        }
    }

    @Test
    void whoIsRefusedItsTokensGivesBackItsRequest() throws Exception {
        Gate gate = gate(null, 1, 60);
        gate.settle(0, 600);

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> gate.enter(1, Duration.ofSeconds(1)))
                    .isInstanceOf(Gate.Full.class)
                    .hasMessage("tokens-per-minute");
        }
    }

    @Test
    void anInterruptedWaitForTheRatesTakesNothing() throws Exception {
        Gate gate = gate(null, 1, 1);
        gate.enter(1, PATIENT);

        for (int i = 0; i < 5; i++) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> gate.enter(1, PATIENT))
                    .isInstanceOf(InterruptedException.class);
        }

        gate.enter(1, PATIENT);
        assertThat(time.sleeps()).singleElement(DURATION).isLessThanOrEqualTo(MINUTE);
    }

    @Test
    void whoEntersInVainGivesBackAll() throws Exception {
        Gate gate = gate(1, 1, 60);
        for (int i = 0; i < 100; i++) {
            gate.enter(1, AT_ONCE);
            gate.withdraw(1);
        }

        gate.enter(1, AT_ONCE);
    }

    @Test
    void theGatesOwnBoundHoldsBesideTheCallers() throws Exception {
        Gate gate = new Gate(new LimitSettings(1, null, null, AT_ONCE), time);
        gate.enter(0, PATIENT);

        assertThatThrownBy(() -> gate.enter(0, PATIENT)).isInstanceOf(Gate.Full.class);
    }

    @Test
    void aReplyThatUsedMoreThanWasExpectedMakesTheNextOneWait() throws Exception {
        Gate gate = gate(null, null, 6_000);
        gate.enter(100, PATIENT);
        gate.settle(100, 1_100);

        gate.enter(1, PATIENT);

        assertThat(time.sleeps().getLast())
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(12));
    }

    private Gate gate(
            @Nullable Integer concurrency, @Nullable Integer requests, @Nullable Integer tokens) {
        return new Gate(new LimitSettings(concurrency, requests, tokens, PATIENT), time);
    }
}
