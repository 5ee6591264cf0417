package dev.battlestream.runner.scale.adapter;

import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.runner.battle.adapter.EndedMarkers;
import dev.battlestream.runner.battle.adapter.StoredFormats;
import dev.battlestream.runner.battle.adapter.TaskStores;
import dev.battlestream.runner.scale.ScaleRun;
import dev.battlestream.runner.scale.adapter.stored.StoredRun;
import dev.battlestream.schemas.StoredAvro;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** What the runner keeps of the runs of one task: those that go on, and a marker of the others. */
final class ScaleStores {

    private static final String RUNS = "runs";
    private static final String REQUESTS = "run-requests";
    private static final String ENDED = "ended-runs";

    private final KeyValueStore<String, StoredRun> runs;
    private final KeyValueStore<String, ScaleRunRequested> requests;
    private final EndedMarkers ended;

    ScaleStores(ProcessorContext<?, ?> context) {
        runs = context.getStateStore(RUNS);
        requests = context.getStateStore(REQUESTS);
        ended = new EndedMarkers(context.getStateStore(ENDED));
    }

    static List<StoreBuilder<?>> builders() {
        return List.of(
                TaskStores.store(RUNS, StoredFormats.of(StoredRun.class)),
                TaskStores.store(REQUESTS, StoredAvro.of(ScaleRunRequested.class)),
                TaskStores.store(ENDED, Serdes.Long()));
    }

    ScaleRun run(String runId) {
        StoredRun stored = runs.get(runId);
        if (stored != null) {
            return StoredRuns.run(stored);
        }
        return ended.endedAt(runId).<ScaleRun>map(ScaleRun.Ended::new).orElse(ScaleRun.UNKNOWN);
    }

    void put(String runId, ScaleRun run) {
        switch (run) {
            case ScaleRun.Ended(Instant at) -> {
                runs.delete(runId);
                requests.delete(runId);
                ended.put(runId, at);
            }
            case ScaleRun unknown when unknown.equals(ScaleRun.UNKNOWN) -> runs.delete(runId);
            case ScaleRun going -> runs.put(runId, StoredRuns.store(going));
        }
    }

    void putRequest(String runId, ScaleRunRequested request) {
        requests.put(runId, request);
    }

    /**
     * What a run was asked for.
     *
     * @throws IllegalStateException if the run does not go on
     */
    ScaleRunRequested request(String runId) {
        ScaleRunRequested request = requests.get(runId);
        if (request == null) {
            throw new IllegalStateException("no request kept for run " + runId);
        }
        return request;
    }

    void forEachRun(BiConsumer<String, ScaleRun> action) {
        try (KeyValueIterator<String, StoredRun> all = runs.all()) {
            all.forEachRemaining(entry -> action.accept(entry.key, StoredRuns.run(entry.value)));
        }
    }

    /** Forgets markers of runs that ended before {@code horizon}; a part with each call. */
    void forgetEndedBefore(Instant horizon) {
        ended.forgetBefore(horizon);
    }
}
