package dev.battlestream.effects;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the effects of one type for one service instance: the calls, their slots, the producer of
 * their events and what is known of running calls when a task comes back.
 *
 * <p>What happens when something dies:
 *
 * <table>
 * <caption>Failure modes</caption>
 * <tr><th>what, when</th><th>what happens</th><th>what may be repeated</th></tr>
 * <tr><td>this process, before a call</td><td>if the entry was committed, the next owner finds it in
 * the store; if not, the input is processed again and starts it again</td><td>nothing</td></tr>
 * <tr><td>this process, in a call or between its reply and the publish</td><td>the same, with
 * attempt + 1 if the dispatch was committed</td><td>that call</td></tr>
 * <tr><td>this process, between publish and commit</td><td>the next owner's gate stays closed until
 * it has read the result topic up to its end, so the entry, recovered or recorded again, is
 * completed before it could be dispatched</td><td>nothing</td></tr>
 * <tr><td>the transaction (fenced, timed out, task migrated)</td><td>the call goes on; a task that
 * comes back to this instance adopts it, another instance repeats it after the grace</td><td>that
 * call, if another instance took over before the result was on the log</td></tr>
 * <tr><td>the assignment (rebalance)</td><td>the call goes on and publishes; the next owner waits
 * for its result during the hand-over grace, then repeats it; the first event on the log wins, the
 * others are counted as duplicates</td><td>calls longer than the grace</td></tr>
 * <tr><td>the broker</td><td>results are kept and sent again until acknowledged; their slots stay
 * taken, so no more than {@code maxInFlight} results pile up</td><td>an event, if the
 * acknowledgement was lost; ignored by the readers</td></tr>
 * <tr><td>the other side of a call</td><td>passing faults are tried again with backoff, the last
 * one and any other is published as the failure event</td><td>what the fault left open</td></tr>
 * <tr><td>the code that makes events (its registry is out)</td><td>tried again for as long as the
 * engine lives, counted, the slot stays taken; no reply is thrown away</td><td>nothing</td></tr>
 * <tr><td>a reply that can never be an event ({@link UnwritableResult}, too large for the log)</td>
 * <td>the failure event, itself tried for as long as the engine lives</td><td>nothing</td></tr>
 * <tr><td>the shutdown's patience</td><td>calls still running are interrupted and leave no event;
 * they are pending in the store for the next owner</td><td>those calls</td></tr>
 * <tr><td>the gate's patience (log unreachable, reader stuck)</td><td>the task dispatches all the
 * same, counted and logged</td><td>calls whose results were not read yet</td></tr>
 * </table>
 *
 * <p>Thread-safe, except that the handle of a task belongs to the task's stream thread.
 *
 * @param <P> payload of the effect
 * @param <I> input of the effect
 */
public final class EffectEngine<P, I> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EffectEngine.class);

    /** How long interrupted calls and unacknowledged events get to end, milliseconds. */
    private static final long LAST_WAIT = 2_000;

    private final Effect<P, I, ?> effect;
    private final String resultTopic;
    private final EffectSettings settings;
    private final Calls<I, ?> calls;
    private final Producer<byte[], byte[]> producer;
    private final ResultLog resultLog;
    private final InstantSource clock;
    private final EffectMeters meters;
    private final Slots slots;
    private final Map<Integer, PartitionRuns> partitions = new ConcurrentHashMap<>();
    private final List<TaskEffects<P, I>> tasks = new CopyOnWriteArrayList<>();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Runnable closeClients;

    private <R> EffectEngine(
            Effect<P, I, R> effect,
            String resultTopic,
            EffectSettings settings,
            Producer<byte[], byte[]> producer,
            ResultLog resultLog,
            InstantSource clock,
            MeterRegistry registry,
            Runnable closeClients) {
        this.effect = effect;
        this.resultTopic = resultTopic;
        this.settings = settings;
        this.producer = producer;
        this.resultLog = resultLog;
        this.clock = clock;
        this.meters = new EffectMeters(registry, effect.type());
        this.slots = new Slots(settings.maxInFlight());
        this.calls = new Calls<>(effect, settings.retry(), producer, meters);
        this.closeClients = closeClients;
        meters.gauge("effects.in.flight", "Calls running or not yet acknowledged", slots::used);
        meters.gauge("effects.waiting", "Pending effects not dispatched", this::waiting);
        meters.age("effects.oldest.pending", "Age of the oldest pending effect", this::oldestAge);
    }

    /**
     * An engine on real brokers.
     *
     * @param resultTopic topic of the effect's events; the aggregate reads it, and its partitions
     *     are those of the aggregate
     * @param kafka connection settings for producer and admin clients, e.g. {@code
     *     bootstrap.servers}; may also tune the producer, but not its durability
     */
    public static <P, I, R> EffectEngine<P, I> create(
            Effect<P, I, R> effect,
            String resultTopic,
            EffectSettings settings,
            Map<String, ?> kafka,
            MeterRegistry registry) {
        Map<String, Object> common = new HashMap<>(kafka);
        common.put(CommonClientConfigs.CLIENT_ID_CONFIG, "effects-" + effect.type());
        AdminResultLog log = new AdminResultLog(Admin.create(common));
        return new EffectEngine<>(
                effect,
                resultTopic,
                settings,
                producer(common),
                log,
                steadyClock(),
                registry,
                log::close);
    }

    /**
     * An engine on given clients, for tests of a topology without a broker: a {@code MockProducer},
     * {@link ResultLog#empty()} and a clock that the test moves. Closing it closes the producer.
     */
    public static <P, I, R> EffectEngine<P, I> over(
            Effect<P, I, R> effect,
            String resultTopic,
            EffectSettings settings,
            Producer<byte[], byte[]> producer,
            ResultLog resultLog,
            InstantSource clock,
            MeterRegistry registry) {
        return new EffectEngine<>(
                effect, resultTopic, settings, producer, resultLog, clock, registry, () -> {});
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> common) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        // Requests that overtake each other while a partition is being created leave an idempotent
        // producer stuck until its delivery time-out (KAFKA-15591). One at a time cannot, and
        // batches better: more results a second, and the same time for a single one.
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.putAll(common);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Time that never jumps: gates and ages must not follow a corrected wall clock. */
    private static InstantSource steadyClock() {
        Instant start = Instant.now();
        long origin = System.nanoTime();
        return () -> start.plusNanos(System.nanoTime() - origin);
    }

    /** The store of pending effects, to be added to the topology and connected to the processor. */
    public StoreBuilder<KeyValueStore<String, byte[]>> pendingStore() {
        return PendingStores.builder(storeName());
    }

    /**
     * Binds a task, in {@code Processor.init}; the processor closes the handle in its {@code
     * close}.
     *
     * @param context of a processor that {@link #pendingStore()} is connected to
     * @param preparation reads the call's input from the task's stores, on its stream thread
     */
    public DurableEffects<P> bind(ProcessorContext<?, ?> context, Preparation<P, I> preparation) {
        PartitionRuns runs =
                partitions.computeIfAbsent(context.taskId().partition(), _ -> new PartitionRuns());
        Slots.Share share = slots.join();
        boolean bound = false;
        try {
            TaskEffects<P, I> task = new TaskEffects<>(this, context, preparation, runs, share);
            tasks.add(task);
            bound = true;
            return task;
        } finally {
            if (!bound) {
                share.leave();
            }
        }
    }

    /** Calls that run or whose event is not yet acknowledged. */
    public int inFlight() {
        return slots.used();
    }

    /** Pending effects of the assigned tasks that have not been dispatched by this instance. */
    public int waiting() {
        int sum = 0;
        for (TaskEffects<P, I> task : tasks) {
            sum += task.waiting();
        }
        return sum;
    }

    private long oldestAge() {
        long oldest = Long.MAX_VALUE;
        for (TaskEffects<P, I> task : tasks) {
            oldest = Math.min(oldest, task.oldestRecordedAt());
        }
        return oldest == Long.MAX_VALUE ? 0 : Math.max(0, now() - oldest);
    }

    /**
     * Drains and ends the engine: nothing is dispatched any more, running calls get up to the drain
     * limit to end and be acknowledged, the rest is interrupted and stays pending in the store. To
     * be called while the streams still run, so that the last results are also read and committed.
     * Closing twice does nothing.
     */
    @Override
    public void close() {
        if (!draining.compareAndSet(false, true)) {
            return;
        }
        LOG.info("Draining {} effects of type {}", inFlight(), effect.type());
        boolean interrupted = false;
        try {
            if (!slots.awaitIdle(settings.drainLimit().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Interrupting {} effects of type {}", inFlight(), effect.type());
            }
        } catch (InterruptedException _) {
            interrupted = true;
        }
        calls.close();
        partitions.values().forEach(runs -> runs.all().forEach(EffectRun::abandon));
        try {
            if (!interrupted) {
                slots.awaitIdle(LAST_WAIT, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            interrupted = true;
        }
        producer.close(Duration.ofMillis(interrupted ? 0 : LAST_WAIT));
        closeClients.run();
        meters.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void launch(Slots.Share slot, PartitionRuns runs, EffectId id, int attempt, I input) {
        calls.launch(slot, runs, id, attempt, input);
    }

    void released(TaskEffects<P, I> task) {
        tasks.remove(task);
    }

    boolean isDraining() {
        return draining.get();
    }

    long now() {
        return clock.millis();
    }

    String storeName() {
        return effect.type() + "-pending";
    }

    Effect<P, I, ?> effect() {
        return effect;
    }

    String resultTopic() {
        return resultTopic;
    }

    EffectSettings settings() {
        return settings;
    }

    ResultLog resultLog() {
        return resultLog;
    }

    EffectMeters meters() {
        return meters;
    }
}
