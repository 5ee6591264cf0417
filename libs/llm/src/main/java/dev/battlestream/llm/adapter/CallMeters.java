package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ModelReference;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * What became of calls, by provider and model. A model is named if it is configured or has answered
 * before, up to a number of them; anything else is {@code other}, so that names which callers make
 * up make no new series.
 */
final class CallMeters {

    private static final int MOST_NAMES = 200;
    private static final String OTHER = "other";
    private static final String NAME = "battlestream.llm.";

    private final MeterRegistry registry;
    private final Set<String> providers;
    private final Set<ModelReference> names = ConcurrentHashMap.newKeySet();

    /**
     * @param providers by their names
     * @param configured models that the settings name
     */
    CallMeters(
            MeterRegistry registry,
            Collection<String> providers,
            Collection<ModelReference> configured) {
        this.registry = registry;
        this.providers = Set.copyOf(providers);
        names.addAll(configured);
    }

    /** An attempt succeeded. */
    void answered(ModelReference model, Duration latency) {
        if (!names.contains(model) && names.size() < MOST_NAMES) {
            names.add(model);
        }
        registry.timer(NAME + "attempts", tags(model).and("outcome", "answered")).record(latency);
    }

    /** An attempt that was made failed. */
    void failed(ModelReference model, Kind kind, Duration latency) {
        registry.timer(NAME + "attempts", tags(model).and("outcome", kind.label())).record(latency);
    }

    /** An attempt waited so long for its place, whether it then got it or not. */
    void waited(ModelReference model, Duration wait) {
        registry.timer(NAME + "limit.wait", tags(model)).record(wait);
    }

    /** An attempt found no place within its time. */
    void turnedAway(ModelReference model, String limit) {
        registry.counter(NAME + "limit.refused", tags(model).and("limit", limit)).increment();
    }

    /** A call ended well, perhaps after several attempts. */
    void callAnswered(ModelReference asked) {
        registry.counter(NAME + "calls", tags(asked).and("outcome", "answered")).increment();
    }

    /** A call failed for good. */
    void callFailed(ModelReference asked, Kind kind) {
        registry.counter(NAME + "calls", tags(asked).and("outcome", kind.label())).increment();
    }

    /** Another model is asked in place of this one. */
    void failedOver(ModelReference from, ModelReference to, Kind kind) {
        registry.counter(
                        NAME + "failovers",
                        tags(from).and("to", to.provider(), "reason", kind.label()))
                .increment();
    }

    /** Models of a provider that are at rest, whenever somebody looks. */
    void openCircuits(String provider, IntSupplier open) {
        Gauge.builder(NAME + "circuits.open", open::getAsInt)
                .description("Models that are given a rest because their last calls failed")
                .tag("provider", provider)
                .strongReference(true)
                .register(registry);
    }

    private Tags tags(ModelReference model) {
        if (!providers.contains(model.provider())) {
            return Tags.of("provider", OTHER, "model", OTHER);
        }
        return Tags.of(
                "provider",
                model.provider(),
                "model",
                names.contains(model) ? model.name() : OTHER);
    }
}
