package dev.battlestream.judge.judging.adapter;

import dev.battlestream.effects.DurableEffects;
import dev.battlestream.effects.EffectEngine;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.judge.judging.Decision;
import dev.battlestream.judge.judging.Decision.Action;
import dev.battlestream.judge.judging.Docket;
import dev.battlestream.judge.judging.DropReason;
import dev.battlestream.judge.judging.JudgingDecider;
import dev.battlestream.judge.judging.JudgingInput;
import dev.battlestream.judge.judging.JudgingInput.TurnArrived;
import dev.battlestream.judge.judging.JudgingInput.VerdictArrived;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
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
            DurableEffects<PendingTurn> effects) {

        Docket docket(String battle) {
            return Objects.requireNonNullElse(dockets.get(battle), Docket.UNHEARD);
        }

        Instant now() {
            return Instant.ofEpochMilli(context.currentSystemTimeMs());
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
        task = new Task(context, dockets, effects);
        DocketSweep sweep = new DocketSweep(dockets, retention, meters);
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
        if (!PendingTurn.fits(turn)) {
            meters.dropped(DropReason.OVERSIZED_TURN);
            return;
        }
        String battle = turn.getBattleId();
        Instant now = task.now();
        TurnArrived arrived = JudgingAvro.arrived(turn, at(input, now), now.minus(retention));
        switch (decide(task, battle, arrived)) {
            case Action.Judge(int judged) ->
                    task.effects()
                            .start(
                                    VerdictEffect.id(battle, judged),
                                    new PendingTurn(turn, Correlation.of(input.headers())));
            case Action.Drop(DropReason reason) -> meters.dropped(reason);
            case Action.Remember _ -> {}
            case Action.Settle _ ->
                    throw new IllegalStateException("A turn was decided to be a verdict");
        }
    }

    private void verdict(Task task, VerdictIssued verdict, Record<String, SpecificRecord> input) {
        String battle = verdict.getBattleId();
        Instant now = task.now();
        VerdictArrived arrived =
                new VerdictArrived(verdict.getTurn(), at(input, now), now.minus(retention));
        switch (decide(task, battle, arrived)) {
            case Action.Settle(int settled) ->
                    task.effects().complete(VerdictEffect.id(battle, settled));
            case Action.Drop(DropReason reason) -> {
                meters.dropped(reason);
                task.effects().observed();
            }
            case Action.Judge _, Action.Remember _ ->
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
