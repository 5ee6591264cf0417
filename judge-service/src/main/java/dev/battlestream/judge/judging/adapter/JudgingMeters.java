package dev.battlestream.judge.judging.adapter;

import dev.battlestream.judge.judging.Cascade;
import dev.battlestream.judge.judging.DropReason;
import dev.battlestream.judge.judging.Fitness;
import dev.battlestream.judge.judging.Ruling;
import dev.battlestream.judge.judging.StageVerdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What an operator sees of judging, beside the meters of the effect engine. */
final class JudgingMeters {

    private final MeterRegistry registry;
    private final Map<DropReason, Counter> dropped = new EnumMap<>(DropReason.class);
    private final Counter forgotten;

    JudgingMeters(MeterRegistry registry) {
        this.registry = registry;
        for (DropReason reason : DropReason.values()) {
            dropped.put(
                    reason,
                    Counter.builder("judge.records.dropped")
                            .description("Records dropped on purpose, by reason")
                            .tag("reason", tag(reason))
                            .register(registry));
        }
        forgotten =
                Counter.builder("judge.battles.forgotten")
                        .description("Battles forgotten after the retention")
                        .register(registry);
    }

    void dropped(DropReason reason) {
        Counter counter = dropped.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    void accepted(Fitness fitness) {
        if (fitness != Fitness.FIT) {
            Counter.builder("judge.turns.unjudgeable")
                    .description("Turns that get a failure as their verdict, by reason")
                    .tag("reason", tag(fitness))
                    .register(registry)
                    .increment();
        }
    }

    void forgotten() {
        forgotten.increment();
    }

    /** A ruling with the time that its models took. */
    void ruled(Ruling ruling) {
        String stage;
        String outcome;
        if (ruling instanceof Ruling.Decided) {
            ruling.stages().forEach(this::answered);
        }
        switch (ruling) {
            case Ruling.Decided decided -> {
                stage = tag(decided.deciding().stage());
                outcome = tag(decided.deciding().verdict());
            }
            case Ruling.Failed failed -> {
                stage = tag(failed.failing());
                outcome = "failed-" + tag(failed.fault());
            }
        }
        Timer.builder("judge.rulings")
                .description("Turns judged and the time that models took for it")
                .tag("stage", stage)
                .tag("outcome", outcome)
                .register(registry)
                .record(ruling.cost().latency());
    }

    /** How a model's answer could be used. */
    private void answered(StageVerdict stage) {
        StageVerdict.Asked asked = stage.asked();
        if (asked == null) {
            return;
        }
        String use =
                stage.reason().equals(Cascade.INFORMATION_UNAVAILABLE)
                        ? "unusable"
                        : asked.attempt() == 1 ? "first" : "repaired";
        Counter.builder("judge.answers")
                .description("Stages whose model answered, by how the answer could be used")
                .tag("stage", tag(stage.stage()))
                .tag("use", use)
                .register(registry)
                .increment();
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
