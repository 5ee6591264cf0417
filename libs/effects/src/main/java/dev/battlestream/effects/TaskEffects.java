package dev.battlestream.effects;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The effects of one task. The store says what is pending; the two maps say which of that has been
 * dispatched by this instance and which waits, in the order in which it was recorded. They hold ids
 * and times only and are rebuilt from the store. Used by one stream thread.
 */
final class TaskEffects<P, I> implements DurableEffects<P> {

    private static final Logger LOG = LoggerFactory.getLogger(TaskEffects.class);

    /** How often the position is asked for while the gate is closed, milliseconds. */
    private static final long ASK_EVERY = 200;

    private final EffectEngine<P, I> engine;
    private final ProcessorContext<?, ?> context;
    private final Preparation<P, I> preparation;
    private final KeyValueStore<String, byte[]> store;
    private final Serde<P> payloads;
    private final TopicPartition results;
    private final PartitionRuns runs;
    private final Slots.Share slots;
    private final Gate gate;
    private final Cancellable punctuation;

    /** Recorded at, by id; the first is the oldest. */
    private final Map<EffectId, Long> waiting = new LinkedHashMap<>();

    private final Map<EffectId, Long> dispatched = new LinkedHashMap<>();

    private boolean gateOpen;
    private @Nullable CompletableFuture<ResultLog.Position> asked;
    private long askedAt;
    private int counter;

    /** For the gauges, which are read by other threads. */
    private volatile int waitingCount;

    private volatile long oldestRecordedAt = Long.MAX_VALUE;

    TaskEffects(
            EffectEngine<P, I> engine,
            ProcessorContext<?, ?> context,
            Preparation<P, I> preparation,
            PartitionRuns runs,
            Slots.Share slots) {
        this.engine = engine;
        this.context = context;
        this.preparation = preparation;
        this.store = context.getStateStore(engine.storeName());
        this.payloads = engine.effect().payload();
        this.results = new TopicPartition(engine.resultTopic(), context.taskId().partition());
        this.runs = runs;
        this.slots = slots;
        // First owned, then looked at what runs, then asked where the log ends: see PartitionRuns.
        runs.own(this);
        recover();
        long now = engine.now();
        this.gate = new Gate(!waiting.isEmpty() || !dispatched.isEmpty(), engine.settings(), now);
        ask(now);
        this.punctuation =
                context.schedule(
                        engine.settings().dispatchInterval(),
                        PunctuationType.WALL_CLOCK_TIME,
                        _ -> dispatchWaiting());
    }

    private record Recovered(EffectId id, PendingEntry entry) {}

    private void recover() {
        List<Recovered> found = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> next = all.next();
                PendingEntry entry = PendingEntry.ofBytes(next.value).withoutPayload();
                found.add(new Recovered(EffectId.ofStoreKey(next.key), entry));
            }
        }
        found.sort((a, b) -> PendingEntry.IN_ORDER.compare(a.entry(), b.entry()));
        for (Recovered effect : found) {
            if (runs.contains(effect.id())) {
                adopt(effect.id(), effect.entry().recordedAt());
            } else {
                waiting.put(effect.id(), effect.entry().recordedAt());
            }
        }
        if (!found.isEmpty()) {
            LOG.info(
                    "Task {} recovered {} pending effects of type {}, {} of them still running",
                    context.taskId(),
                    found.size(),
                    engine.effect().type(),
                    dispatched.size());
        }
        publishCounts();
    }

    @Override
    public boolean start(EffectId id, P payload) {
        if (isPending(id)) {
            return false;
        }
        long now = engine.now();
        byte[] bytes = payloads.serializer().serialize(store.name(), payload);
        PendingEntry entry = new PendingEntry(0, now, counter++, bytes);
        if (runs.contains(id)) {
            // Dispatched by a transaction that was aborted since; its result is what we ask for.
            put(id, entry.dispatched());
            adopt(id, now);
        } else if (waiting.isEmpty() && mayDispatch(now) && slots.tryTake()) {
            dispatch(id, entry, payload);
        } else {
            put(id, entry);
            waiting.put(id, now);
            dispatchWaiting();
        }
        publishCounts();
        return true;
    }

    @Override
    public boolean complete(EffectId id) {
        observe();
        boolean pending = forget(id);
        EffectRun<?, ?> run = runs.remove(id);
        if (run != null) {
            run.outcomeRead();
        }
        if (!pending) {
            engine.meters().duplicateIgnored();
        }
        dispatchWaiting();
        return pending;
    }

    @Override
    public void observed() {
        observe();
        dispatchWaiting();
    }

    @Override
    public boolean cancel(EffectId id) {
        boolean pending = forget(id);
        EffectRun<?, ?> run = runs.remove(id);
        if (run != null) {
            run.drop();
        }
        if (pending) {
            engine.meters().cancelled();
        }
        dispatchWaiting();
        return pending;
    }

    @Override
    public boolean isPending(EffectId id) {
        return dispatched.containsKey(id) || waiting.containsKey(id);
    }

    private boolean forget(EffectId id) {
        boolean pending = dispatched.remove(id) != null || waiting.remove(id) != null;
        if (pending) {
            store.delete(id.storeKey());
        }
        return pending;
    }

    private void dispatchWaiting() {
        if (!waiting.isEmpty() || !gateOpen) {
            long now = engine.now();
            Iterator<Entry<EffectId, Long>> inOrder = waiting.entrySet().iterator();
            slots.waiting(mayDispatch(now) ? waiting.size() : 0);
            while (inOrder.hasNext() && mayDispatch(now) && slots.tryTake()) {
                EffectId id = inOrder.next().getKey();
                inOrder.remove();
                PendingEntry entry = PendingEntry.ofBytes(store.get(id.storeKey()));
                P payload = payloads.deserializer().deserialize(store.name(), entry.payload());
                dispatch(id, entry, payload);
            }
        }
        publishCounts();
    }

    /** A slot has been taken for it. */
    private void dispatch(EffectId id, PendingEntry recorded, P payload) {
        PendingEntry entry = recorded.dispatched();
        boolean launched = false;
        try {
            put(id, entry);
            I input = preparation.prepare(id, entry.attempt(), payload);
            engine.launch(slots, runs, id, entry.attempt(), input);
            launched = true;
        } finally {
            if (!launched) {
                slots.release();
            }
        }
        dispatched.put(id, entry.recordedAt());
        engine.meters().dispatched(entry.attempt());
    }

    private void adopt(EffectId id, long recordedAt) {
        dispatched.put(id, recordedAt);
        engine.meters().adopted();
    }

    private void put(EffectId id, PendingEntry entry) {
        store.put(id.storeKey(), entry.toBytes());
    }

    private boolean mayDispatch(long now) {
        return !engine.isDraining() && (gateOpen || openGate(now));
    }

    private boolean openGate(long now) {
        hear(now);
        gateOpen = gate.isOpen(now);
        if (gateOpen) {
            engine.meters().gateOpened(gate.waited(now), gate.wasForced());
            if (gate.wasForced()) {
                LOG.warn(
                        "Task {} dispatches effects of type {} although {} has not been read up"
                                + " to its end: {}; calls may be repeated",
                        context.taskId(),
                        engine.effect().type(),
                        results,
                        gate);
            }
        }
        return gateOpen;
    }

    /** Takes the brokers' answer, if it is there, and asks again as long as it is needed. */
    private void hear(long now) {
        CompletableFuture<ResultLog.Position> answer = asked;
        if (answer == null || !answer.isDone()) {
            return;
        }
        if (!answer.isCompletedExceptionally()) {
            gate.answered(answer.join(), now);
        }
        if (!gate.isCaughtUp() && now - askedAt >= ASK_EVERY) {
            ask(now);
        }
    }

    private void ask(long now) {
        askedAt = now;
        asked = engine.resultLog().position(context.applicationId(), results);
    }

    private void observe() {
        if (!gateOpen) {
            context.recordMetadata()
                    .filter(record -> record.topic().equals(results.topic()))
                    .filter(record -> record.partition() == results.partition())
                    .ifPresent(record -> gate.observed(record.offset(), engine.now()));
        }
    }

    private void publishCounts() {
        waitingCount = waiting.size();
        slots.waiting(gateOpen ? waiting.size() : 0);
        oldestRecordedAt = Math.min(oldest(dispatched), oldest(waiting));
    }

    private static long oldest(Map<EffectId, Long> inOrder) {
        return inOrder.isEmpty() ? Long.MAX_VALUE : inOrder.values().iterator().next();
    }

    int waiting() {
        return waitingCount;
    }

    /** Milliseconds since the epoch, {@link Long#MAX_VALUE} if nothing is pending. */
    long oldestRecordedAt() {
        return oldestRecordedAt;
    }

    @Override
    public void close() {
        punctuation.cancel();
        slots.leave();
        runs.disown(this);
        engine.released(this);
        waitingCount = 0;
        oldestRecordedAt = Long.MAX_VALUE;
    }
}
