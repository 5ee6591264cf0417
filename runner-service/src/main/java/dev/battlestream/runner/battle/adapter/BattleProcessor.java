package dev.battlestream.runner.battle.adapter;

import dev.battlestream.effects.DurableEffects;
import dev.battlestream.effects.EffectEngine;
import dev.battlestream.effects.LogContext;
import dev.battlestream.events.BattleCancelRequested;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.policy.MemberIds;
import dev.battlestream.runner.battle.Battle;
import dev.battlestream.runner.battle.Battle.AwaitingTurn;
import dev.battlestream.runner.battle.Battle.AwaitingVerdict;
import dev.battlestream.runner.battle.Battle.Ended;
import dev.battlestream.runner.battle.Battle.Unrequested;
import dev.battlestream.runner.battle.BattleDecider;
import dev.battlestream.runner.battle.BattleId;
import dev.battlestream.runner.battle.BattleInput;
import dev.battlestream.runner.battle.BattleInput.Requested;
import dev.battlestream.runner.battle.BattleInput.TimeUp;
import dev.battlestream.runner.battle.Decision;
import dev.battlestream.runner.battle.Decision.Action;
import dev.battlestream.runner.battle.Decision.CancelTurn;
import dev.battlestream.runner.battle.Decision.End;
import dev.battlestream.runner.battle.Decision.Ignore;
import dev.battlestream.runner.battle.Decision.KeepMessage;
import dev.battlestream.runner.battle.Decision.StartTurn;
import dev.battlestream.runner.battle.Outcome;
import dev.battlestream.runner.battle.adapter.stored.StoredPendingTurn;
import dev.battlestream.schemas.Correlation;
import dev.battlestream.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes, loads, decides, stores, forwards and dispatches, for the battles of one task. It does
 * not think: {@link BattleDecider} does.
 */
final class BattleProcessor implements Processor<String, SpecificRecord, Object, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(BattleProcessor.class);

    /** How late a passed deadline may be noticed. */
    private static final Duration DEADLINE_CHECK = Duration.ofMillis(250);

    /**
     * How long something is kept of a battle that nobody has asked for. After a crash the request
     * follows within seconds.
     */
    private static final Duration UNREQUESTED_LIFE = Duration.ofHours(1);

    private static final Duration MARKER_CHECK = Duration.ofMinutes(1);

    private final BattleRules rules;
    private final EffectEngine<StoredPendingTurn, TurnCall> engine;
    private final BattleMeters meters;
    private final DeadLetterValues deadLetterValues;

    private @Nullable Task task;

    BattleProcessor(
            BattleRules rules,
            EffectEngine<StoredPendingTurn, TurnCall> engine,
            BattleMeters meters,
            DeadLetterValues deadLetterValues) {
        this.rules = rules;
        this.engine = engine;
        this.meters = meters;
        this.deadLetterValues = deadLetterValues;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        Task assigned = new Task(context);
        task = assigned;
        context.schedule(
                DEADLINE_CHECK,
                PunctuationType.WALL_CLOCK_TIME,
                now -> assigned.endOverdue(Instant.ofEpochMilli(now)));
        context.schedule(
                MARKER_CHECK,
                PunctuationType.WALL_CLOCK_TIME,
                now -> assigned.forgetMarkers(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        if (task == null) {
            throw new IllegalStateException("a record came before the task was assigned");
        }
        task.process(record);
    }

    @Override
    public void close() {
        if (task != null) {
            task.effects.close();
            task = null;
        }
    }

    /** The processor while it has a task. */
    private final class Task {

        private final ProcessorContext<Object, Object> context;
        private final BattleStores stores;
        private final Intake intake;
        private final Deadlines deadlines = new Deadlines();
        private final DurableEffects<StoredPendingTurn> effects;

        Task(ProcessorContext<Object, Object> context) {
            this.context = context;
            stores = new BattleStores(context);
            intake =
                    new Intake(
                            new DeadLetterSink(
                                    context,
                                    deadLetterValues,
                                    BattleTopology.DEAD_LETTERS,
                                    meters::deadLettered));
            stores.forEachBattle((id, battle) -> watch(id, battle, now()));
            effects =
                    engine.bind(
                            context,
                            (id, attempt, pending) ->
                                    TurnCall.of(stores, id, attempt, pending, now()));
        }

        void process(Record<String, SpecificRecord> record) {
            if (intake.admits(record)) {
                read(record);
            } else if (isOfTurns()) {
                effects.observed();
            }
        }

        private boolean isOfTurns() {
            return context.recordMetadata()
                    .map(RecordMetadata::topic)
                    .filter(Topics.BATTLE_TURNS.name()::equals)
                    .isPresent();
        }

        private void read(Record<String, SpecificRecord> record) {
            Headers headers = record.headers();
            switch (record.value()) {
                case BattleRequested asked -> requested(asked, record.timestamp(), headers);
                case BattleCancelRequested asked ->
                        decide(asked.getBattleId(), BattleAvro.cancel(asked, now()), headers);
                case TurnProduced turn -> {
                    effects.complete(TurnEffect.id(turn.getBattleId(), turn.getSeq()));
                    decide(turn.getBattleId(), BattleAvro.turn(turn, now()), headers);
                }
                case VerdictIssued verdict ->
                        decide(verdict.getBattleId(), BattleAvro.verdict(verdict, now()), headers);
                default ->
                        throw new IllegalStateException(
                                "admitted, but nothing reads a " + record.value().getClass());
            }
        }

        private void requested(BattleRequested asked, long recordedAt, Headers headers) {
            String battleId = asked.getBattleId();
            Optional<Duration> age =
                    recordedAt == RequestTimestamps.NONE
                            ? Optional.empty()
                            : Optional.of(
                                    Duration.ofMillis(
                                            Math.max(0, now().toEpochMilli() - recordedAt)));
            Battle before = stores.battle(battleId);
            Decision decision =
                    BattleDecider.decide(
                            before,
                            new Requested(
                                    BattleAvro.request(asked, age),
                                    rules.caps(),
                                    () -> rules.tariffs().of(rules.withDefaults(asked)),
                                    Correlation.of(headers).toMap(),
                                    now()));
            if (before instanceof Unrequested && !(decision.battle() instanceof Ended)) {
                // Needed by the first call, which is dispatched while the decision is applied.
                stores.putRequest(battleId, rules.withDefaults(asked));
            }
            apply(battleId, before, decision, headers);
        }

        private void decide(String battleId, BattleInput input, Headers headers) {
            Battle before = stores.battle(battleId);
            apply(battleId, before, BattleDecider.decide(before, input), headers);
        }

        private void apply(String battleId, Battle before, Decision decision, Headers headers) {
            Battle after = decision.battle();
            if (!after.equals(before)) {
                store(battleId, before, after);
            }
            for (Action action : decision.actions()) {
                switch (action) {
                    case KeepMessage keep ->
                            stores.keep(battleId, keep.seq(), keep.speaker(), keep.content());
                    case StartTurn start ->
                            effects.start(
                                    TurnEffect.id(battleId, start.seq()),
                                    new StoredPendingTurn(
                                            start.seq(),
                                            start.turn(),
                                            start.speaker().name(),
                                            Correlation.of(headers).toMap(),
                                            start.allowance().leftUsd().orElse(null),
                                            BattleAvro.money(start.allowance().judgingUsd())));
                    case CancelTurn cancel -> effects.cancel(TurnEffect.id(battleId, cancel.seq()));
                    case End end -> end(battleId, end.outcome(), headers);
                    case Ignore ignore -> meters.dropped(ignore.reason());
                }
            }
        }

        private void store(String battleId, Battle before, Battle after) {
            switch (after) {
                case Ended _ -> deadlines.clear(battleId);
                case Unrequested _, AwaitingTurn _, AwaitingVerdict _ -> {
                    stores.put(battleId, after);
                    watch(battleId, after, now());
                }
            }
            if (before instanceof Unrequested
                    && (after instanceof AwaitingTurn || after instanceof AwaitingVerdict)) {
                meters.started();
            }
        }

        /** Nothing is kept for ever: each battle in the store has a deadline. */
        private void watch(String battleId, Battle battle, Instant now) {
            switch (battle) {
                case AwaitingTurn b -> deadlines.set(battleId, b.terms().deadline());
                case AwaitingVerdict b -> deadlines.set(battleId, b.terms().deadline());
                case Unrequested b when b.equals(Battle.UNKNOWN) -> deadlines.clear(battleId);
                case Unrequested _ -> {
                    if (!deadlines.has(battleId)) {
                        deadlines.set(battleId, now.plus(UNREQUESTED_LIFE));
                    }
                }
                case Ended _ -> deadlines.clear(battleId);
            }
        }

        private void end(String battleId, Outcome outcome, Headers headers) {
            stores.end(battleId, outcome.endedAt());
            BattleEnded ended = BattleAvro.ended(battleId, outcome);
            context.forward(
                    new Record<Object, Object>(
                            battleId,
                            ended,
                            outcome.endedAt().toEpochMilli(),
                            Correlation.of(headers).headers()),
                    BattleTopology.OUTCOMES);
            member(battleId, outcome).ifPresent(index -> memberEnded(index, ended, headers));
            meters.ended(outcome);
            logEnd(battleId, outcome, headers);
        }

        /** Its place in the run that it says to belong to; empty if it does not. */
        private static OptionalInt member(String battleId, Outcome outcome) {
            return outcome.runId().filter(BattleId::isCanonical).isPresent()
                            && BattleId.isValid(battleId)
                    ? MemberIds.index(
                            UUID.fromString(outcome.runId().get()), UUID.fromString(battleId))
                    : OptionalInt.empty();
        }

        private void memberEnded(int index, BattleEnded ended, Headers headers) {
            context.forward(
                    new Record<Object, Object>(
                            ended.getRunId(),
                            new RunMemberChanged(
                                    ended.getRunId(),
                                    index,
                                    ended.getBattleId(),
                                    ended.getEndedAt(),
                                    ended),
                            ended.getEndedAt().toEpochMilli(),
                            Correlation.of(headers).headers()),
                    BattleTopology.MEMBERS);
        }

        private static void logEnd(String battleId, Outcome outcome, Headers headers) {
            Correlation cause = Correlation.of(headers);
            LogContext.enter(battleId, cause.traceId(), cause.requestId());
            try {
                LOG.info(
                        "a battle ended reason={} turns={}",
                        outcome.reason(),
                        outcome.progress().turns());
            } finally {
                LogContext.leave();
            }
        }

        void endOverdue(Instant now) {
            for (String battleId : deadlines.passed(now)) {
                Battle battle = stores.battle(battleId);
                apply(
                        battleId,
                        battle,
                        BattleDecider.decide(battle, new TimeUp(now)),
                        Correlation.of(ofRequest(battle)).headers());
                deadlines.clear(battleId);
            }
        }

        private static Map<String, String> ofRequest(Battle battle) {
            return switch (battle) {
                case AwaitingTurn b -> b.terms().correlation();
                case AwaitingVerdict b -> b.terms().correlation();
                case Unrequested _, Ended _ -> Map.of();
            };
        }

        void forgetMarkers(Instant now) {
            stores.forgetEndedBefore(now.minus(rules.markerLife()));
        }

        private Instant now() {
            return Instant.ofEpochMilli(context.currentSystemTimeMs());
        }
    }
}
