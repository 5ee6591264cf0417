package dev.battlestream.effects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What an operator sees of an engine; every meter is tagged with the effect's type. */
final class EffectMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();
    private final Counter dispatched;
    private final Counter dispatchedAgain;
    private final Counter adopted;
    private final Counter duplicates;
    private final Counter cancelled;
    private final Counter failed;
    private final Counter callRetries;
    private final Counter publishRetries;
    private final Counter gatesForced;
    private final Timer gateWait;

    EffectMeters(MeterRegistry registry, String type) {
        this.registry = registry;
        this.tags = Tags.of("type", type);
        dispatched = counter("effects.dispatched", "Calls started");
        dispatchedAgain =
                counter("effects.dispatched.again", "Calls started that may have been made before");
        adopted = counter("effects.adopted", "Running calls found again by a returning task");
        duplicates = counter("effects.duplicates.ignored", "Results read for effects not pending");
        cancelled = counter("effects.cancelled", "Pending effects cancelled");
        failed = counter("effects.failed", "Effects that ended with a failure event");
        callRetries = counter("effects.call.retries", "Calls repeated after a passing fault");
        publishRetries = counter("effects.publish.retries", "Events that had to be sent again");
        gatesForced = counter("effects.gate.forced", "Gates opened without having caught up");
        gateWait =
                add(
                        Timer.builder("effects.gate.wait")
                                .description("From assignment of a task to its first dispatch")
                                .tags(tags)
                                .register(registry));
    }

    private Counter counter(String name, String description) {
        return add(Counter.builder(name).description(description).tags(tags).register(registry));
    }

    void gauge(String name, String description, Supplier<Number> value) {
        add(Gauge.builder(name, value).description(description).tags(tags).register(registry));
    }

    void age(String name, String description, Supplier<Number> millis) {
        add(
                TimeGauge.builder(name, millis, TimeUnit.MILLISECONDS)
                        .description(description)
                        .tags(tags)
                        .register(registry));
    }

    private <M extends Meter> M add(M meter) {
        meters.add(meter);
        return meter;
    }

    void dispatched(int attempt) {
        dispatched.increment();
        if (attempt > 1) {
            dispatchedAgain.increment();
        }
    }

    void adopted() {
        adopted.increment();
    }

    void duplicateIgnored() {
        duplicates.increment();
    }

    void cancelled() {
        cancelled.increment();
    }

    void failed() {
        failed.increment();
    }

    void callRetried() {
        callRetries.increment();
    }

    void publishRetried() {
        publishRetries.increment();
    }

    void gateOpened(long waitedMillis, boolean forced) {
        gateWait.record(Duration.ofMillis(waitedMillis));
        if (forced) {
            gatesForced.increment();
        }
    }

    /** Takes the meters out of the registry, which would hold on to the engine otherwise. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
