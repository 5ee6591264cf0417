package dev.battlestream.effects.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.effects.EffectSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TransactionListing;
import org.junit.jupiter.api.Test;

/** Lives of the counter in this JVM, on a real broker. */
class LifeOnABrokerTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final EffectSettings SETTINGS = EffectSettings.defaults();
    private static final EffectSettings IMPATIENT = SETTINGS.withDrainLimit(Duration.ZERO);

    private final CounterWorld world = new CounterWorld(Duration.ofMillis(100));
    private final CallLog calls = CounterProcess.calls(world.place);

    private CounterService service(String instance, EffectSettings settings, TurnEffect.Pace pace) {
        return new CounterService(world.place.as(instance), settings, calls, pace).start();
    }

    @Test
    void eachTurnIsCalledOnceWhenNothingHappens() {
        try (world;
                CounterService _ = service("one", SETTINGS, sleeping(0))) {
            world.request(30, 10);

            world.awaitAllTurns(30, 10, LIMIT);
            world.assertEveryCounterIsWhole(30, 10);
            assertThat(world.calls().values()).containsOnly(1);
        }
    }

    @Test
    void aRebalanceInTheMiddleLosesNothingAndRepeatsOnlyWhatWasInFlight() {
        int counters = 40;
        int turns = 20;
        try (world;
                CounterService one = service("one", SETTINGS, sleeping(60))) {
            world.request(counters, turns);
            await().atMost(LIMIT).until(() -> world.callCount() > counters * 3);

            try (CounterService two = service("two", SETTINGS, sleeping(60))) {
                await().atMost(LIMIT).until(() -> two.count("effects.dispatched") > 10);
                // The second one leaves again, and for good.
                two.leave();
            }

            world.awaitAllTurns(counters, turns, LIMIT);
            world.assertEveryCounterIsWhole(counters, turns);
            assertThat(world.callCount()).isLessThanOrEqualTo(counters * turns + 2 * counters);
            assertThat(one.count("effects.gate.forced")).isZero();
        }
    }

    @Test
    void aTransactionThatIsAbortedUnderRunningCallsDoesNotRepeatThem() {
        CountDownLatch answers = new CountDownLatch(1);
        try (world;
                CounterService one = service("one", SETTINGS, waitingFor(answers))) {
            world.request(20, 3);
            await().atMost(LIMIT).until(() -> one.engine.inFlight() == 20);

            fenceTransactions();
            // Another request makes both threads notice that they have been fenced.
            world.request(40, 3);
            await().atMost(LIMIT).until(() -> one.count("effects.adopted") >= 20);
            answers.countDown();

            world.awaitAllTurns(40, 3, LIMIT);
            world.assertEveryCounterIsWhole(40, 3);
            assertThat(world.calls().values()).containsOnly(1);
        }
    }

    @Test
    void cancellingInterruptsTheCall() {
        Set<String> interrupted = ConcurrentHashMap.newKeySet();
        try (world;
                CounterService one = service("one", IMPATIENT, endless(interrupted))) {
            world.request(3, 5);
            await().atMost(LIMIT).until(() -> one.engine.inFlight() == 3);

            world.cancel(1);

            await().atMost(LIMIT).until(() -> interrupted.contains(CounterWorld.key(1)));
            await().atMost(LIMIT).until(() -> one.engine.inFlight() == 2);
            assertThat(interrupted).hasSize(1);
            assertThat(world.published()).isEmpty();
        }
    }

    @Test
    void aDrainedInstanceLeavesNothingToRepeat() {
        try (world) {
            try (CounterService one = service("one", SETTINGS, sleeping(300))) {
                world.request(20, 6);
                await().atMost(LIMIT).until(() -> one.count("effects.dispatched") >= 30);
            }
            try (CounterService again = service("one", SETTINGS, sleeping(5))) {
                world.awaitAllTurns(20, 6, LIMIT);
                world.assertEveryCounterIsWhole(20, 6);
                assertThat(again.count("effects.dispatched.again")).isZero();
            }
            assertThat(world.calls().values()).containsOnly(1);
        }
    }

    @Test
    void fiveThousandEffectsWaitForAHundredSlots() {
        int counters = 5_000;
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        TurnEffect.Pace pace =
                new TurnEffect.Pace() {
                    @Override
                    public void inCall(TurnEffect.Turn turn) throws InterruptedException {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        Thread.sleep(20);
                        now.decrementAndGet();
                    }
                };
        try (world;
                CounterService one = service("one", SETTINGS.withMaxInFlight(100), pace)) {
            world.request(counters, 1);

            world.awaitAllTurns(counters, 1, LIMIT);
            assertThat(most.get()).isEqualTo(100);
            assertThat(world.calls()).hasSize(counters);
            assertThat(world.calls().values()).containsOnly(1);
            await().until(() -> one.engine.waiting() == 0);
        }
    }

    private void fenceTransactions() {
        try {
            List<String> open =
                    world.admin.listTransactions().all().get().stream()
                            .map(TransactionListing::transactionalId)
                            .filter(id -> id.startsWith(world.place.application()))
                            .collect(Collectors.toList());
            assertThat(open).isNotEmpty();
            world.admin.fenceProducers(open).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("Not fenced", e);
        }
    }

    private static TurnEffect.Pace sleeping(long millis) {
        return new TurnEffect.Pace() {
            @Override
            public void inCall(TurnEffect.Turn turn) throws InterruptedException {
                Thread.sleep(millis);
            }
        };
    }

    private static TurnEffect.Pace waitingFor(CountDownLatch latch) {
        return new TurnEffect.Pace() {
            @Override
            public void inCall(TurnEffect.Turn turn) throws InterruptedException {
                latch.await();
            }
        };
    }

    private static TurnEffect.Pace endless(Set<String> interrupted) {
        return new TurnEffect.Pace() {
            @Override
            public void inCall(TurnEffect.Turn turn) throws InterruptedException {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.add(turn.key());
                    throw e;
                }
            }
        };
    }
}
