package dev.battlestream.runner.scale.adapter;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunCancelRequested;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.runner.battle.BattleId;
import dev.battlestream.runner.battle.Fault;
import dev.battlestream.runner.battle.adapter.BattleAdmission;
import dev.battlestream.runner.battle.adapter.DeadLetterSink;
import dev.battlestream.runner.battle.adapter.DeadLetterValues;
import dev.battlestream.runner.battle.adapter.Deadlines;
import dev.battlestream.runner.battle.adapter.RequestTimestamps;
import dev.battlestream.runner.scale.RunAdmission;
import dev.battlestream.runner.scale.RunCaps;
import dev.battlestream.runner.scale.RunDecision;
import dev.battlestream.runner.scale.RunDecision.CancelMember;
import dev.battlestream.runner.scale.RunDecision.End;
import dev.battlestream.runner.scale.RunDecision.Ignore;
import dev.battlestream.runner.scale.RunDecision.Launch;
import dev.battlestream.runner.scale.RunInput;
import dev.battlestream.runner.scale.RunInput.CancelAsked;
import dev.battlestream.runner.scale.RunInput.Requested;
import dev.battlestream.runner.scale.RunInput.TimeUp;
import dev.battlestream.runner.scale.RunOutcome;
import dev.battlestream.runner.scale.ScaleRun;
import dev.battlestream.runner.scale.ScaleRun.Ended;
import dev.battlestream.runner.scale.ScaleRun.Running;
import dev.battlestream.runner.scale.ScaleRun.Stopping;
import dev.battlestream.runner.scale.ScaleRun.Unrequested;
import dev.battlestream.runner.scale.ScaleRunDecider;
import dev.battlestream.schemas.Correlation;
import dev.battlestream.schemas.EventSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads, decides, stores and forwards, for the runs of one task. It does not think: {@link
 * ScaleRunDecider} does.
 */
final class ScaleProcessor implements Processor<String, SpecificRecord, Object, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(ScaleProcessor.class);

    /** How late a passed deadline may be noticed. */
    private static final Duration DEADLINE_CHECK = Duration.ofMillis(250);

    /** How long a cancellation is kept that no request follows. */
    private static final Duration UNREQUESTED_LIFE = Duration.ofHours(1);

    /** How long the end of a cancelled member is waited for; it comes within seconds. */
    private static final Duration STOPPING_LIFE = Duration.ofHours(1);

    private static final Fault UNWRITABLE =
            new Fault(
                    Fault.Blame.REQUEST,
                    "it cannot be written again: it is too large, or an amount is beyond all bounds");

    private static final Duration MARKER_CHECK = Duration.ofMinutes(1);

    private final RunCaps caps;
    private final Duration markerLife;
    private final BattleAdmission battles;
    private final RunMeters meters;
    private final DeadLetterValues deadLetterValues;

    private @Nullable Task task;

    /**
     * @param markerLife how long a run that ended is remembered: longer than its records lie on
     *     their topics
     */
    ScaleProcessor(
            RunCaps caps,
            Duration markerLife,
            BattleAdmission battles,
            RunMeters meters,
            DeadLetterValues deadLetterValues) {
        this.caps = caps;
        this.markerLife = markerLife;
        this.battles = battles;
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
                now -> assigned.stopOverdue(Instant.ofEpochMilli(now)));
        context.schedule(
                MARKER_CHECK,
                PunctuationType.WALL_CLOCK_TIME,
                now ->
                        assigned.stores.forgetEndedBefore(
                                Instant.ofEpochMilli(now).minus(markerLife)));
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        if (task == null) {
            throw new IllegalStateException("a record came before the task was assigned");
        }
        task.process(record);
    }

    /** The processor while it has a task. */
    private final class Task {

        private final ProcessorContext<Object, Object> context;
        private final ScaleStores stores;
        private final DeadLetterSink deadLetters;
        private final Deadlines deadlines = new Deadlines();

        Task(ProcessorContext<Object, Object> context) {
            this.context = context;
            stores = new ScaleStores(context);
            deadLetters =
                    new DeadLetterSink(
                            context,
                            deadLetterValues,
                            ScaleTopology.DEAD_LETTERS,
                            meters::deadLettered);
            stores.forEachRun((id, run) -> watch(id, run));
        }

        void process(Record<String, SpecificRecord> record) {
            Optional<String> objection = ScaleIntake.objection(record.key(), record.value());
            if (objection.isPresent()) {
                deadLetters.put(record, objection.get());
                return;
            }
            Headers headers = record.headers();
            switch (record.value()) {
                case ScaleRunRequested asked -> requested(asked, record.timestamp(), headers);
                case ScaleRunCancelRequested asked ->
                        decide(asked.getRunId(), new CancelAsked(now()), headers);
                case RunMemberChanged member -> {
                    // A launch is the run's own word.
                    BattleEnded outcome = member.getOutcome();
                    if (outcome != null) {
                        decide(
                                member.getRunId(),
                                ScaleAvro.memberEnded(member.getIndex(), outcome, now()),
                                headers);
                    }
                }
                default ->
                        throw new IllegalStateException(
                                "admitted, but nothing reads a " + record.value().getClass());
            }
        }

        private void requested(ScaleRunRequested asked, long recordedAt, Headers headers) {
            String runId = asked.getRunId();
            ScaleRun before = stores.run(runId);
            Instant now = now();
            Optional<Duration> age =
                    recordedAt == RequestTimestamps.NONE
                            ? Optional.empty()
                            : Optional.of(
                                    Duration.ofMillis(
                                            Math.max(0, now.toEpochMilli() - recordedAt)));
            Requested input =
                    new Requested(
                            ScaleAvro.terms(
                                    asked,
                                    caps.labelLength(),
                                    Correlation.of(headers).toMap(),
                                    now),
                            before instanceof Unrequested
                                    ? refusal(asked, age, now)
                                    : Optional.empty(),
                            now);
            RunDecision decision = ScaleRunDecider.decide(before, input);
            if (decision.run() instanceof Running && before instanceof Unrequested) {
                // Needed by the launches.
                stores.putRequest(runId, asked);
            }
            apply(runId, before, decision, headers);
        }

        private Optional<Fault> refusal(
                ScaleRunRequested asked, Optional<Duration> age, Instant now) {
            return RunAdmission.refusal(
                    ScaleAvro.request(asked, age, battleFaults(asked, now)), caps);
        }

        /** What is wrong with the battle as each variant would play it. */
        private List<Fault> battleFaults(ScaleRunRequested asked, Instant now) {
            if (!fits(asked)) {
                return List.of(UNWRITABLE);
            }
            if (!BattleId.isValid(asked.getRunId())
                    || asked.getVariants().size() > RunCaps.VARIANTS) {
                return List.of();
            }
            return IntStream.rangeClosed(1, Math.max(1, asked.getVariants().size()))
                    .mapToObj(index -> ScaleAvro.member(asked, index, Optional.empty(), now))
                    .flatMap(member ->
                            Stream.concat(
                                    battles.refusal(member).stream(),
                                    fits(member) ? Stream.empty() : Stream.of(UNWRITABLE)))
                    .toList();
        }

        private static boolean fits(SpecificRecord record) {
            OptionalInt bytes = EventSerdes.encodedBytes(record);
            return bytes.isPresent() && bytes.getAsInt() <= ScaleTopology.MAX_BYTES;
        }

        private void decide(String runId, RunInput input, Headers headers) {
            ScaleRun before = stores.run(runId);
            apply(runId, before, ScaleRunDecider.decide(before, input), headers);
        }

        private void apply(String runId, ScaleRun before, RunDecision decision, Headers headers) {
            for (RunDecision.Action action : decision.actions()) {
                switch (action) {
                    case Launch launch -> launch(runId, launch, headers);
                    case CancelMember cancel -> cancel(runId, cancel, headers);
                    case End(RunOutcome outcome) -> end(runId, outcome, headers);
                    case Ignore(var reason) -> meters.dropped(reason);
                }
            }
            ScaleRun after = decision.run();
            if (!after.equals(before)) {
                stores.put(runId, after);
                watch(runId, after);
            }
        }

        private void watch(String runId, ScaleRun run) {
            switch (run) {
                case Running r -> deadlines.set(runId, r.terms().deadline());
                case Unrequested(boolean cancelled) when cancelled ->
                        deadlines.set(runId, now().plus(UNREQUESTED_LIFE));
                case Stopping _ -> deadlines.set(runId, now().plus(STOPPING_LIFE));
                case Unrequested _, Ended _ -> deadlines.clear(runId);
            }
        }

        private void launch(String runId, Launch launch, Headers headers) {
            Instant now = now();
            BattleRequested member =
                    ScaleAvro.member(
                            stores.request(runId), launch.index(), launch.budgetUsd(), now);
            forward(member.getBattleId(), member, now, headers, ScaleTopology.BATTLES);
            forward(
                    runId,
                    ScaleAvro.launched(member, launch.index()),
                    now,
                    headers,
                    ScaleTopology.MEMBERS);
            meters.launched();
        }

        private void cancel(String runId, CancelMember cancel, Headers headers) {
            Instant now = now();
            String clientId = stores.request(runId).getClientId();
            var asked = ScaleAvro.cancel(runId, cancel.index(), cancel.reason(), clientId, now);
            forward(asked.getBattleId(), asked, now, headers, ScaleTopology.CANCELLATIONS);
        }

        private void end(String runId, RunOutcome outcome, Headers headers) {
            forward(
                    runId,
                    ScaleAvro.ended(runId, outcome),
                    outcome.endedAt(),
                    headers,
                    ScaleTopology.OUTCOMES);
            meters.ended(outcome.reason());
            LOG.info(
                    "a scale run ended run={} reason={} launched={} goals={}",
                    BattleId.isValid(runId) ? runId : "",
                    outcome.reason(),
                    outcome.progress().launched(),
                    outcome.progress().goals());
        }

        private void forward(
                String key, SpecificRecord value, Instant at, Headers headers, String sink) {
            context.forward(
                    new Record<Object, Object>(
                            key, value, at.toEpochMilli(), Correlation.of(headers).headers()),
                    sink);
        }

        void stopOverdue(Instant now) {
            for (String runId : deadlines.passed(now)) {
                ScaleRun run = stores.run(runId);
                deadlines.clear(runId);
                apply(
                        runId,
                        run,
                        ScaleRunDecider.decide(run, new TimeUp(now)),
                        Correlation.of(ofRequest(run)).headers());
            }
        }

        private static Map<String, String> ofRequest(ScaleRun run) {
            return switch (run) {
                case Running r -> r.terms().correlation();
                case Stopping r -> r.terms().correlation();
                case Unrequested _, Ended _ -> Map.of();
            };
        }

        private Instant now() {
            return Instant.ofEpochMilli(context.currentSystemTimeMs());
        }
    }
}
