package dev.battlestream.runner.scale.adapter;

import static java.util.Objects.requireNonNull;

import dev.battlestream.runner.scale.RunDecision.Dropped;
import dev.battlestream.runner.scale.RunEndReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is counted of runs: launches, ends by reason, and every drop by its name. */
final class RunMeters {

    private final MeterRegistry registry;
    private final Map<Dropped, Counter> dropped;
    private final Counter launched;
    private final Counter deadLettered;

    RunMeters(MeterRegistry registry) {
        this.registry = registry;
        dropped =
                Stream.of(Dropped.values())
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        reason -> reason, reason -> counter(registry, reason)));
        launched =
                Counter.builder("run.members.launched")
                        .description("Members of scale runs launched")
                        .register(registry);
        deadLettered =
                Counter.builder("run.inputs.dead.lettered")
                        .description("Records of scale runs that cannot be")
                        .register(registry);
    }

    void launched() {
        launched.increment();
    }

    void dropped(Dropped reason) {
        requireNonNull(dropped.get(reason)).increment();
    }

    void deadLettered() {
        deadLettered.increment();
    }

    void ended(RunEndReason reason) {
        Counter.builder("runs.ended")
                .description("Scale runs ended")
                .tag("reason", name(reason))
                .register(registry)
                .increment();
    }

    private static Counter counter(MeterRegistry registry, Dropped reason) {
        return Counter.builder("run.inputs.dropped")
                .description("Records of scale runs dropped on purpose")
                .tag("reason", name(reason))
                .register(registry);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
