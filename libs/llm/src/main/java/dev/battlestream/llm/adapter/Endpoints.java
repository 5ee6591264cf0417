package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatProvider;
import dev.battlestream.llm.LimitSettings;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.ModelSettings;
import dev.battlestream.llm.ProviderSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way to each model, made when it is first asked for, and to who answers in its place. Beyond a
 * number of models those of a provider that are not configured share one way, so that made-up names
 * fill no memory.
 */
final class Endpoints {

    private static final int MOST = 1_000;

    private record Source(ProviderSettings settings, ChatProvider provider, Gate gate) {}

    private final Map<String, Source> sources = new HashMap<>();
    private final Set<ModelReference> configured;
    private final Map<ModelReference, Endpoint> endpoints = new ConcurrentHashMap<>();

    /** By provider, for the models that have no way of their own. */
    private final Map<String, Endpoint> shared = new ConcurrentHashMap<>();

    private final CallMeters meters;
    private final Timepiece timepiece;

    /**
     * @param configured models that the settings name; they always have a way of their own
     */
    Endpoints(
            LlmSettings settings,
            Map<String, ChatProvider> providers,
            Set<ModelReference> configured,
            CallMeters meters,
            Timepiece timepiece) {
        this.configured = Set.copyOf(configured);
        this.meters = meters;
        this.timepiece = timepiece;
        providers.forEach((name, provider) -> {
            ProviderSettings own = settings.providers().getOrDefault(name, null);
            if (own == null) {
                throw new IllegalStateException("A provider without settings: " + name);
            }
            sources.put(name, new Source(own, provider, new Gate(own.limits(), timepiece)));
            meters.openCircuits(name, () -> open(name));
        });
    }

    Set<String> providers() {
        return new TreeSet<>(sources.keySet());
    }

    boolean knows(ModelReference model) {
        Source source = sources.get(model.provider());
        return source != null && source.provider().knows(model.name());
    }

    /** Empty if there is no provider of that name. */
    Optional<Endpoint> of(ModelReference model) {
        Source source = sources.get(model.provider());
        if (source == null) {
            return Optional.empty();
        }
        Endpoint known = endpoints.get(model);
        if (known != null) {
            return Optional.of(known);
        }
        if (endpoints.size() < MOST || configured.contains(model)) {
            return Optional.of(endpoints.computeIfAbsent(model, made -> own(source, made)));
        }
        return Optional.of(
                shared.computeIfAbsent(
                        model.provider(),
                        name -> endpoint(source, LimitSettings.NONE, name + " (others)")));
    }

    /** Who answers in place of this model, if somebody does. */
    Optional<ModelReference> failover(ModelReference model) {
        Source source = sources.get(model.provider());
        if (source == null) {
            return Optional.empty();
        }
        ModelSettings own = source.settings().models().get(model.name());
        String target = own == null ? null : own.failover();
        target = target == null ? source.settings().failover() : target;
        return Optional.ofNullable(target(target, model)).filter(t -> !t.equals(model));
    }

    private static @Nullable ModelReference target(@Nullable String target, ModelReference model) {
        if (target == null) {
            return null;
        }
        return target.indexOf(':') < 0
                ? new ModelReference(target, model.name())
                : ModelReference.parse(target);
    }

    private Endpoint own(Source source, ModelReference model) {
        ModelSettings settings = source.settings().models().get(model.name());
        return endpoint(
                source,
                settings == null ? LimitSettings.NONE : settings.limits(),
                model.toString());
    }

    private Endpoint endpoint(Source source, LimitSettings limits, String name) {
        return new Endpoint(
                source.provider(),
                List.of(new Gate(limits, timepiece), source.gate()),
                new Circuit(source.settings().circuit(), name),
                meters,
                timepiece);
    }

    private int open(String provider) {
        Stream<Endpoint> own =
                endpoints.entrySet().stream()
                        .filter(e -> e.getKey().provider().equals(provider))
                        .map(Map.Entry::getValue);
        return (int)
                Stream.concat(own, Stream.ofNullable(shared.get(provider)))
                        .filter(endpoint -> endpoint.circuit().isOpen())
                        .count();
    }
}
