package dev.battlestream.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random lives of a partition: effects are started, repeated, cancelled and answered while
 * transactions commit and abort, instances die, lose the partition, live on as zombies and come
 * back. Whatever happens, every effect ends, none is lost, and no call is repeated that was not in
 * flight when its owner changed.
 */
class RandomLifeTest {

    private static final int STEPS = 150;
    private static final EffectSettings SETTINGS =
            EffectSettings.defaults().withMaxInFlight(3).withHandoverGrace(Duration.ofMillis(300));

    static List<Long> seeds() {
        return new Random(20260101).longs(120).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyEffectEndsAndOnlyCallsInFlightAreRepeated(long seed) {
        Life life = new Life(new Random(seed));

        for (int step = 0; step < STEPS; step++) {
            life.step();
        }
        life.runToTheEnd();

        life.assertEveryEffectEnded();
        life.assertNothingIsLeft();
        life.assertOnlyCallsInFlightWereRepeated();
    }

    private record Command(boolean start, EffectId id) {}

    /** What a transaction makes durable, all at once. */
    private record Durable(
            int inputs,
            int results,
            Set<EffectId> done,
            Set<EffectId> cancelled,
            Map<String, byte[]> pending) {}

    private static final class Life {

        private final Random random;
        private final Rig rig = new Rig();
        private final List<Command> inputs = new ArrayList<>();
        private final List<EffectId> results = new ArrayList<>();
        private final Map<Rig.Instance, Integer> collected = new LinkedHashMap<>();
        private final List<Rig.Instance> dead = new ArrayList<>();
        private final Map<EffectId, Integer> mayRepeat = new HashMap<>();
        private final Set<EffectId> done = new HashSet<>();
        private final Set<EffectId> cancelled = new HashSet<>();
        private Durable durable = new Durable(0, 0, Set.of(), Set.of(), Map.of());
        private int inputsRead;
        private int resultsRead;
        private int names;
        private Rig.Instance owner;
        private Rig.Task task;

        Life(Random random) {
            this.random = random;
            owner = newInstance();
            task = owner.assign();
        }

        private Rig.Instance newInstance() {
            Rig.Instance instance = rig.instance(SETTINGS, new Desk());
            collected.put(instance, 0);
            return instance;
        }

        void step() {
            switch (random.nextInt(24)) {
                case 0, 1, 2, 3 -> inputs.add(new Command(true, newId()));
                case 4 -> inputs.add(new Command(true, anyId()));
                case 5 -> inputs.add(new Command(false, anyId()));
                case 6, 7, 8, 9 -> readInput();
                case 10, 11, 12 -> readResult();
                case 13, 14, 15, 16 -> answerOne();
                case 17, 18 -> commit();
                case 19, 20 -> task.punctuateAfterMillis(random.nextInt(250));
                case 21 -> crash();
                case 22 -> abortAndComeBack();
                default -> handOver(random.nextBoolean());
            }
            settle();
        }

        private EffectId newId() {
            return Rig.id(names++);
        }

        private EffectId anyId() {
            return Rig.id(random.nextInt(names + 1));
        }

        private void readInput() {
            if (inputsRead == inputs.size()) {
                return;
            }
            Command command = inputs.get(inputsRead++);
            EffectId id = command.id();
            task.context.setRecordMetadata("inputs", 0, inputsRead - 1);
            if (done.contains(id) || cancelled.contains(id)) {
                return;
            }
            if (command.start()) {
                task.start(id);
            } else {
                // An abort brings the entry back, but not the call.
                mayRepeat.merge(id, 1, Integer::sum);
                cancelled.add(id);
                task.effects.cancel(id);
            }
        }

        private void readResult() {
            if (resultsRead < results.size()) {
                EffectId id = results.get(resultsRead);
                task.read(id, resultsRead++);
                if (!cancelled.contains(id)) {
                    done.add(id);
                }
            }
        }

        private void answerOne() {
            List<Desk.Call> open = new ArrayList<>();
            living().forEach(instance -> open.addAll(instance.desk.open()));
            if (!open.isEmpty()) {
                open.get(random.nextInt(open.size())).answer("x");
            }
        }

        private List<Rig.Instance> living() {
            return collected.keySet().stream().filter(each -> !dead.contains(each)).toList();
        }

        private void commit() {
            Map<String, byte[]> pending = new HashMap<>();
            try (KeyValueIterator<String, byte[]> all = rig.store.all()) {
                all.forEachRemaining(entry -> pending.put(entry.key, entry.value));
            }
            durable =
                    new Durable(
                            inputsRead,
                            resultsRead,
                            Set.copyOf(done),
                            Set.copyOf(cancelled),
                            pending);
            rig.log.committed = OptionalLong.of(resultsRead);
        }

        private void abort() {
            try (KeyValueIterator<String, byte[]> all = rig.store.all()) {
                List<String> keys = new ArrayList<>();
                all.forEachRemaining(entry -> keys.add(entry.key));
                keys.forEach(rig.store::delete);
            }
            durable.pending().forEach(rig.store::put);
            inputsRead = durable.inputs();
            resultsRead = durable.results();
            done.clear();
            done.addAll(durable.done());
            cancelled.clear();
            cancelled.addAll(durable.cancelled());
        }

        private void crash() {
            ownersCallsMayBeRepeated();
            dead.add(owner);
            abort();
            assign(newInstance());
        }

        private void abortAndComeBack() {
            task.effects.close();
            abort();
            assign(owner);
        }

        private void handOver(boolean gracefully) {
            List<Rig.Instance> living = living();
            Rig.Instance next =
                    living.size() < 3 ? newInstance() : living.get(random.nextInt(living.size()));
            if (next != owner) {
                ownersCallsMayBeRepeated();
            }
            if (gracefully) {
                commit();
            } else {
                abort();
            }
            task.effects.close();
            assign(next);
        }

        private void assign(Rig.Instance next) {
            rig.log.end = results.size();
            owner = next;
            task = next.assign();
        }

        private void ownersCallsMayBeRepeated() {
            for (Rig.Instance instance : living()) {
                for (Desk.Call call : instance.desk.open()) {
                    mayRepeat.merge(call.ask.id(), 1, Integer::sum);
                }
            }
        }

        /** Waits until the virtual threads have done what the last step caused. */
        private void settle() {
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofNanos(50_000))
                    .until(() -> living().stream().allMatch(Life::isQuiet));
            for (Rig.Instance instance : living()) {
                List<String> published = instance.published();
                int seen = collected.getOrDefault(instance, 0);
                for (String event : published.subList(seen, published.size())) {
                    results.add(Rig.id(event.substring(0, event.indexOf('='))));
                }
                collected.put(instance, published.size());
                assertThat(instance.desk.openCalls()).isLessThanOrEqualTo(SETTINGS.maxInFlight());
            }
        }

        private static boolean isQuiet(Rig.Instance instance) {
            return instance.count("effects.dispatched") == instance.desk.calls().size()
                    && instance.engine.inFlight() == instance.desk.unanswered();
        }

        void runToTheEnd() {
            for (int round = 0; !isOver(); round++) {
                assertThat(round).as("rounds until nothing is left to do").isLessThan(1_000);
                answerOne();
                settle();
                readInput();
                settle();
                readResult();
                settle();
                task.punctuateAfterMillis(100);
                settle();
            }
        }

        private boolean isOver() {
            return inputsRead == inputs.size()
                    && resultsRead == results.size()
                    && living().stream().allMatch(each -> each.engine.inFlight() == 0)
                    && owner.engine.waiting() == 0;
        }

        void assertEveryEffectEnded() {
            for (Command command : inputs) {
                EffectId id = command.id();
                assertThat(done.contains(id) || cancelled.contains(id)).as("%s ended", id).isTrue();
            }
            assertThat(results).containsAll(done);
        }

        void assertNothingIsLeft() {
            assertThat(rig.store.approximateNumEntries()).isZero();
            assertThat(owner.engine.waiting()).isZero();
        }

        void assertOnlyCallsInFlightWereRepeated() {
            for (int name = 0; name <= names; name++) {
                EffectId id = Rig.id(name);
                long calls =
                        collected.keySet().stream()
                                .mapToLong(instance -> instance.desk.callsOf(id))
                                .sum();
                assertThat(calls)
                        .as("calls of %s", id)
                        .isLessThanOrEqualTo(1 + mayRepeat.getOrDefault(id, 0));
            }
        }
    }
}
