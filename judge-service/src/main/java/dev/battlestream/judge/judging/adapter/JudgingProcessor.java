package dev.battlestream.judge.judging.adapter;

import dev.battlestream.effects.DurableEffects;
import dev.battlestream.effects.EffectEngine;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.judge.judging.Decision;
import dev.battlestream.judge.judging.Decision.Action;
import dev.battlestream.judge.judging.Docket;
import dev.battlestream.judge.judging.DropReason;
import dev.battlestream.judge.judging.Fitness;
import dev.battlestream.judge.judging.JudgingDecider;
import dev.battlestream.judge.judging.JudgingInput;
import dev.battlestream.judge.judging.JudgingInput.TurnArrived;
import dev.battlestream.judge.judging.JudgingInput.VerdictArrived;
import dev.battlestream.schemas.Correlation;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Decodes, loads, decides, stores, dispatches: one task's battles. */
final class JudgingProcessor implements Processor<String, SpecificRecord, Void, Void> {

    static final String DOCKETS = "dockets";

    private static final int MAX_KEY_LENGTH = 100;

    private final EffectEngine<PendingTurn, JudgeCall> engine;
    private final Duration retention;
    private final JudgingMeters meters;

    private @Nullable Task task;

    /** What exists from the assignment of the task to its end. */
    private record Task(
            ProcessorContext<Void, Void> context,
            KeyValueStore<String, Docket> dockets,
            HeldTurns held,
            DurableEffects<PendingTurn> effects) {

        Docket docket(String battle) {
            return Objects.requireNonNullElse(dockets.get(battle), Docket.UNHEARD);
        }

        Instant now() {
            return Instant.ofEpochMilli(context.currentSystemTimeMs());
        }

        void judge(String battle, int turn, PendingTurn pending) {
            effects.start(VerdictEffect.id(battle, turn), pending);
        }
    }

    JudgingProcessor(
            EffectEngine<PendingTurn, JudgeCall> engine, Duration retention, JudgingMeters meters) {
        this.engine = engine;
        this.retention = retention;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        KeyValueStore<String, Docket> dockets = context.getStateStore(DOCKETS);
        DurableEffects<PendingTurn> effects =
                engine.bind(context, (id, attempt, pending) -> new JudgeCall(pending, attempt));
        HeldTurns held = new HeldTurns(context.getStateStore(HeldTurns.STORE));
        task = new Task(context, dockets, held, effects);
        DocketSweep sweep = new DocketSweep(dockets, held, retention, meters);
        context.schedule(
                DocketSweep.INTERVAL,
                PunctuationType.WALL_CLOCK_TIME,
                now -> sweep.step(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<String, SpecificRecord> input) {
        Task current = Objects.requireNonNull(task);
        switch (input.value()) {
            case TurnProduced turn when isKeyedBy(input.key(), turn.getBattleId()) ->
                    turn(current, turn, input);
            case VerdictIssued verdict when isKeyedBy(input.key(), verdict.getBattleId()) ->
                    verdict(current, verdict, input);
            case TurnProduced _ -> meters.dropped(DropReason.MISKEYED);
            case null, default -> {
                meters.dropped(DropReason.MISKEYED);
                current.effects().observed();
            }
        }
    }

    private void turn(Task task, TurnProduced turn, Record<String, SpecificRecord> input) {
        // Avro reads an amount of any length, but writes none beyond the contract.
        if (!JudgingAvro.isUsd(turn.getCostUsd())) {
            meters.dropped(DropReason.UNUSABLE_COST);
            return;
        }
        String battle = turn.getBattleId();
        Instant now = task.now();
        TurnArrived arrived = JudgingAvro.arrived(turn, at(input, now), now.minus(retention));
        switch (decide(task, battle, arrived)) {
            case Action.Judge(int number, Fitness fitness) ->
                    task.judge(battle, number, kept(turn, number, fitness, input));
            case Action.Hold(int number, Fitness fitness) ->
                    task.held().hold(battle, number, kept(turn, number, fitness, input));
            case Action.Drop(DropReason reason) -> meters.dropped(reason);
            case Action.Remember _ -> {}
            case Action.Settle _ ->
                    throw new IllegalStateException("A turn was decided to be a verdict");
        }
    }

    private PendingTurn kept(
            TurnProduced turn, int number, Fitness fitness, Record<String, SpecificRecord> input) {
        meters.accepted(fitness);
        return PendingTurn.of(turn, number, fitness, Correlation.of(input.headers()));
    }

    private void verdict(Task task, VerdictIssued verdict, Record<String, SpecificRecord> input) {
        if (!JudgingAvro.isUsd(verdict.getCostUsd())) {
            meters.dropped(DropReason.UNUSABLE_COST);
            task.effects().observed();
            return;
        }
        String battle = verdict.getBattleId();
        Instant now = task.now();
        VerdictArrived arrived =
                new VerdictArrived(verdict.getTurn(), at(input, now), now.minus(retention));
        switch (decide(task, battle, arrived)) {
            case Action.Settle(int settled, OptionalInt next) -> {
                task.effects().complete(VerdictEffect.id(battle, settled));
                next.ifPresent(number ->
                        task.held()
                                .release(battle, number)
                                .ifPresent(held -> task.judge(battle, number, held)));
            }
            case Action.Drop(DropReason reason) -> {
                meters.dropped(reason);
                task.effects().observed();
            }
            case Action.Judge _, Action.Hold _, Action.Remember _ ->
                    throw new IllegalStateException("A verdict was decided to be a turn");
        }
    }

    private static Action decide(Task task, String battle, JudgingInput input) {
        Docket before = task.docket(battle);
        Decision decision = JudgingDecider.decide(before, input);
        if (!decision.docket().equals(before)) {
            task.dockets().put(battle, decision.docket());
        }
        return decision.action();
    }

    /** A record from the future would never be forgotten. */
    private static Instant at(Record<String, SpecificRecord> input, Instant now) {
        Instant at = Instant.ofEpochMilli(input.timestamp());
        return at.isAfter(now) ? now : at;
    }

    private static boolean isKeyedBy(@Nullable String key, String battle) {
        return battle.equals(key)
                && !battle.isEmpty()
                && battle.length() <= MAX_KEY_LENGTH
                && battle.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    @Override
    public void close() {
        if (task != null) {
            task.effects().close();
            task = null;
        }
    }
}
