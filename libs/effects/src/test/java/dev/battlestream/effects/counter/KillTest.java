package dev.battlestream.effects.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.effects.counter.CounterProcess.Hang;
import dev.battlestream.effects.counter.CounterProcess.Orders;
import dev.battlestream.testkit.ForkedProcess;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** SIGKILL at each step of an effect: everything ends, and no more is paid twice than must be. */
class KillTest {

    private static final int COUNTERS = 24;
    private static final int TURNS = 5;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final Duration NEVER = Duration.ofMinutes(5);

    private final long seed = Long.getLong("seed", System.nanoTime() % 1_000_000);

    @Test
    void killedBeforeTheCallNothingIsCalledTwice() {
        try (CounterWorld world = new CounterWorld(OFTEN)) {
            killWhenAllHang(world, Hang.BEFORE_CALL);

            restartAndFinish(world);

            assertThat(world.calls().values()).as("calls, seed %d", seed).containsOnly(1);
        }
    }

    @Test
    void killedBetweenReplyAndPublishOnlyTheCallsInFlightAreRepeated() {
        try (CounterWorld world = new CounterWorld(OFTEN)) {
            killWhenAllHang(world, Hang.AFTER_REPLY);

            restartAndFinish(world);

            assertThat(world.callCount())
                    .as("calls, seed %d", seed)
                    .isEqualTo(COUNTERS * TURNS + COUNTERS);
        }
    }

    @Test
    void killedBetweenPublishAndCommitNothingIsCalledTwice() {
        try (CounterWorld world = new CounterWorld(NEVER)) {
            // Nothing is ever committed, and each counter stops before a call of its own choice.
            killWhenAllHang(world, Hang.BEFORE_CALL);
            assertThat(world.distinctTurns()).isPositive();
            assertThat(world.committedTurns()).isZero();

            restartAndFinish(world);

            assertThat(world.calls().values()).as("calls, seed %d", seed).containsOnly(1);
        }
    }

    @Test
    void killedAtAnyMomentOnlyTheCallsInFlightAreRepeated() {
        Random random = new Random(seed);
        try (CounterWorld world = new CounterWorld(OFTEN)) {
            world.request(COUNTERS, TURNS * 4);
            int inFlight = 0;
            for (int kill = 1; kill <= 2; kill++) {
                ForkedProcess process = world.fork(new Orders(Hang.NEVER, seed, TURNS, 60));
                int calls = COUNTERS * TURNS * kill + random.nextInt(COUNTERS);
                await().atMost(LIMIT)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> world.callCount() >= calls);
                process.kill();
                inFlight += COUNTERS;
            }

            ForkedProcess process = world.fork(new Orders(Hang.NEVER, seed, TURNS, 10));
            world.awaitAllTurns(COUNTERS, TURNS * 4, LIMIT);
            process.kill();

            world.assertEveryCounterIsWhole(COUNTERS, TURNS * 4);
            assertThat(world.callCount())
                    .as("calls, seed %d", seed)
                    .isLessThanOrEqualTo(COUNTERS * TURNS * 4 + inFlight);
        }
    }

    private void killWhenAllHang(CounterWorld world, Hang hang) {
        world.request(COUNTERS, TURNS);
        ForkedProcess process = world.fork(new Orders(hang, seed, TURNS, 5));
        await().atMost(LIMIT)
                .until(() -> CounterProcess.hung(world.place).lines().size() == COUNTERS);
        process.kill();
    }

    private void restartAndFinish(CounterWorld world) {
        ForkedProcess process = world.fork(new Orders(Hang.NEVER, seed, TURNS, 5));
        world.awaitAllTurns(COUNTERS, TURNS, LIMIT);
        process.kill();
        world.assertEveryCounterIsWhole(COUNTERS, TURNS);
    }
}
