package dev.battlestream.effects.counter;

import dev.battlestream.effects.DurableEffects;
import dev.battlestream.effects.EffectEngine;
import dev.battlestream.effects.EffectId;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Decides, for each counter, which turn is next. */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init first.
final class CounterProcessor implements Processor<String, String, Void, Void> {

    private static final String STORE = "counts";

    private final EffectEngine<Integer, TurnEffect.Turn> engine;
    private final String resultTopic;
    private ProcessorContext<Void, Void> context;
    private KeyValueStore<String, String> counts;
    private DurableEffects<Integer> turns;

    private CounterProcessor(EffectEngine<Integer, TurnEffect.Turn> engine, String resultTopic) {
        this.engine = engine;
        this.resultTopic = resultTopic;
    }

    static Topology topology(
            EffectEngine<Integer, TurnEffect.Turn> engine,
            String requestTopic,
            String resultTopic) {
        return new Topology()
                .addSource(
                        "requests",
                        Serdes.String().deserializer(),
                        Serdes.String().deserializer(),
                        requestTopic)
                .addSource(
                        "turns",
                        Serdes.String().deserializer(),
                        Serdes.String().deserializer(),
                        resultTopic)
                .addProcessor(
                        "counter",
                        () -> new CounterProcessor(engine, resultTopic),
                        "requests",
                        "turns")
                .addStateStore(engine.pendingStore(), "counter")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(STORE),
                                Serdes.String(),
                                Serdes.String()),
                        "counter");
    }

    @Override
    public void init(ProcessorContext<Void, Void> taskContext) {
        context = taskContext;
        counts = taskContext.getStateStore(STORE);
        turns = engine.bind(taskContext, (id, _, number) -> new TurnEffect.Turn(id.key(), number));
    }

    @Override
    public void process(Record<String, String> record) {
        String key = record.key();
        boolean isResult = context.recordMetadata().orElseThrow().topic().equals(resultTopic);
        Count before = load(key);
        Count after;
        if (isResult) {
            int turn = Integer.parseInt(record.value());
            turns.complete(id(key, turn));
            after = before.counted(turn);
        } else if (record.value().equals("cancel")) {
            turns.cancel(id(key, before.turns() + 1));
            after = before.cancel();
        } else {
            after = before.requested(Integer.parseInt(record.value()));
        }
        counts.put(key, after.toText());
        if (after.wantsTurn()) {
            turns.start(id(key, after.turns() + 1), after.turns() + 1);
        }
    }

    private Count load(String key) {
        String text = counts.get(key);
        return text == null ? Count.NONE : Count.ofText(text);
    }

    private static EffectId id(String key, int turn) {
        return new EffectId(key, "turn/" + turn);
    }

    @Override
    public void close() {
        turns.close();
    }
}
