package dev.battlestream.gateway.scale.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.scale.adapter.RunRelay.Phase;
import dev.battlestream.gateway.stream.Frame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RunRelayTest {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int ROOM = 64;

    private final RunRelay relay = new RunRelay();

    @Test
    void whatIsPutInComesOutInItsOrderAndTheRestAfterTheEnd() throws Exception {
        relay.opened();
        Frame first = Frame.event("member", 1, "1");
        Frame second = Frame.event("ended", "2");

        assertThat(relay.put(first)).isTrue();
        assertThat(relay.put(second)).isTrue();
        relay.end();

        assertThat(relay.isOver()).as("something is left").isFalse();
        assertThat(relay.take(LONG)).containsExactly(first, second);
        assertThat(relay.isOver()).isTrue();
        assertThat(relay.put(first)).as("wanted after the end").isFalse();
        assertThat(relay.take(LONG)).isEmpty();
    }

    @Test
    void aReaderWaitsForRoomAndFillsNoMore() throws Exception {
        relay.opened();
        for (int i = 0; i < ROOM; i++) {
            relay.put(Frame.HEARTBEAT);
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Boolean> oneMore =
                    CompletableFuture.supplyAsync(this::putsOneMore, threads);
            Assertions.assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> oneMore.get(200, TimeUnit.MILLISECONDS));

            assertThat(relay.take(LONG)).hasSize(ROOM);

            assertThat(oneMore.get()).isTrue();
            assertThat(relay.take(LONG)).hasSize(1);
        }
    }

    @Test
    void aReaderThatWaitsForRoomEndsWithTheViewer() throws Exception {
        relay.opened();
        for (int i = 0; i < ROOM; i++) {
            relay.put(Frame.HEARTBEAT);
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Boolean> oneMore =
                    CompletableFuture.supplyAsync(this::putsOneMore, threads);

            relay.end();

            assertThat(oneMore.get()).isFalse();
        }
    }

    private boolean putsOneMore() {
        try {
            return relay.put(Frame.HEARTBEAT);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void howItBeganSaysWhetherThereWasARun() throws Exception {
        assertThat(relay.awaitOpen(Duration.ZERO)).isEqualTo(Phase.OPENING);
        relay.opened();
        assertThat(relay.awaitOpen(LONG)).isEqualTo(Phase.OPEN);
        relay.unknown();
        assertThat(relay.awaitOpen(LONG)).as("it was there").isEqualTo(Phase.ENDED);

        RunRelay ofNothing = new RunRelay();
        ofNothing.unknown();
        ofNothing.end();
        assertThat(ofNothing.awaitOpen(LONG)).isEqualTo(Phase.UNKNOWN);

        RunRelay stopped = new RunRelay();
        stopped.end();
        stopped.opened();
        assertThat(stopped.awaitOpen(LONG)).isEqualTo(Phase.CLOSED);
    }

    @Test
    void aQuietRelayAnswersInTime() throws Exception {
        relay.opened();

        assertThat(relay.take(Duration.ofMillis(20))).isEmpty();
        assertThat(relay.isOver()).isFalse();
    }
}
