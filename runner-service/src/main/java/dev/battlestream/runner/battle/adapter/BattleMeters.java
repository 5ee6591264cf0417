package dev.battlestream.runner.battle.adapter;

import static java.util.Objects.requireNonNull;

import dev.battlestream.runner.battle.Decision.Dropped;
import dev.battlestream.runner.battle.EndReason;
import dev.battlestream.runner.battle.Fault;
import dev.battlestream.runner.battle.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is counted of battles: starts, ends by reason, and every drop by its name. */
final class BattleMeters {

    private final MeterRegistry registry;
    private final Map<Dropped, Counter> dropped;
    private final Counter started;
    private final Counter deadLettered;

    BattleMeters(MeterRegistry registry) {
        this.registry = registry;
        dropped =
                Stream.of(Dropped.values())
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        reason -> reason, reason -> counter(registry, reason)));
        started =
                Counter.builder("battles.started")
                        .description("Requests accepted")
                        .register(registry);
        deadLettered =
                Counter.builder("battle.inputs.dead.lettered")
                        .description("Records whose key is not their battle's id")
                        .register(registry);
    }

    void started() {
        started.increment();
    }

    void dropped(Dropped reason) {
        requireNonNull(dropped.get(reason)).increment();
    }

    void deadLettered() {
        deadLettered.increment();
    }

    void ended(Outcome outcome) {
        String failureClass = outcome.fault().map(Fault::blame).map(BattleMeters::name).orElse("");
        ended(outcome.reason(), failureClass).increment();
    }

    private static Counter counter(MeterRegistry registry, Dropped reason) {
        return Counter.builder("battle.inputs.dropped")
                .description("Records dropped on purpose")
                .tag("reason", name(reason))
                .register(registry);
    }

    private Counter ended(EndReason reason, String failureClass) {
        return Counter.builder("battles.ended")
                .description("Battles ended")
                .tag("reason", name(reason))
                .tag("failure", failureClass)
                .register(registry);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
