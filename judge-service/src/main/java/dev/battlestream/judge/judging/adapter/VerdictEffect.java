package dev.battlestream.judge.judging.adapter;

import dev.battlestream.effects.Effect;
import dev.battlestream.effects.EffectCall;
import dev.battlestream.effects.EffectId;
import dev.battlestream.effects.FaultTrace;
import dev.battlestream.effects.LogContext;
import dev.battlestream.effects.UnwritableResult;
import dev.battlestream.events.Failure;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.judge.judging.Cascade;
import dev.battlestream.judge.judging.Ruling;
import dev.battlestream.judge.judging.Step;
import dev.battlestream.judge.judging.Step.Ruled;
import dev.battlestream.judge.judging.TurnToJudge;
import dev.battlestream.schemas.Correlation;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slow part: one turn led through the stages of judging, its end published as VerdictIssued.
 * Models are asked again by their port, so nothing here is repeated by the engine.
 */
final class VerdictEffect implements Effect<PendingTurn, JudgeCall, VerdictIssued> {

    private static final Logger log = LoggerFactory.getLogger(VerdictEffect.class);

    private final Cascade cascade;
    private final JudgeModels models;
    private final Serializer<VerdictIssued> verdicts;
    private final InstantSource clock;
    private final JudgingMeters meters;

    VerdictEffect(
            Cascade cascade,
            JudgeModels models,
            Serializer<VerdictIssued> verdicts,
            InstantSource clock,
            JudgingMeters meters) {
        this.cascade = cascade;
        this.models = models;
        this.verdicts = verdicts;
        this.clock = clock;
        this.meters = meters;
    }

    /** The effect's identity: one verdict for each turn. */
    static EffectId id(String battle, int turn) {
        return new EffectId(battle, "turn/" + turn);
    }

    @Override
    public String type() {
        return "verdict";
    }

    @Override
    public Serde<PendingTurn> payload() {
        return PendingTurn.serde();
    }

    /** The verdict is whole when this ends: what follows may be repeated. */
    @Override
    public VerdictIssued run(JudgeCall call, EffectCall unused) throws InterruptedException {
        TurnProduced turn = call.pending().turn();
        // The thread is this effect's own: what is said of it later belongs to the battle as well.
        Correlation cause = call.pending().correlation();
        LogContext.enter(turn.getBattleId(), cause.traceId(), cause.requestId());
        log.debug("a turn is judged turn={} attempt={}", turn.getTurn(), call.attempt());
        Failure unjudgeable = turn.getFailure();
        if (unjudgeable != null) {
            return JudgingAvro.breakdown(
                    turn, call.attempt(), unjudgeable.getDetail(), clock.instant());
        }
        try {
            Purse purse = Purse.of(turn, call.attempt());
            Ruling ruling = judge(turn, purse);
            meters.ruled(ruling);
            return JudgingAvro.verdict(
                    turn, call.attempt(), ruling, purse.unsettledUsd(), clock.instant());
        } catch (RuntimeException fault) {
            logged("judging broke down", turn.getBattleId(), turn.getTurn(), fault);
            throw new Breakdown(fault, clock.instant());
        }
    }

    private Ruling judge(TurnProduced turn, Purse purse) throws InterruptedException {
        TurnToJudge judged = PolicyAvro.toJudge(turn);
        Step step = cascade.begin(judged);
        while (step instanceof Step.Ask ask) {
            step = cascade.next(judged, ask, models.ask(ask, turn.getBattleId(), purse));
        }
        return ((Ruled) step).ruling();
    }

    /** A bug, without its message: that may quote what was judged, and ends in logs and events. */
    private static final class Breakdown extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Instant at;

        Breakdown(RuntimeException fault, Instant at) {
            super("The judge broke down (%s).".formatted(fault.getClass().getSimpleName()));
            this.at = at;
            setStackTrace(fault.getStackTrace());
        }
    }

    @Override
    public ProducerRecord<byte[], byte[]> result(JudgeCall call, VerdictIssued verdict) {
        return event(call, verdict);
    }

    @Override
    public ProducerRecord<byte[], byte[]> failed(JudgeCall call, Throwable fault) {
        TurnProduced turn = call.pending().turn();
        return event(
                call,
                fault instanceof Breakdown breakdown
                        ? JudgingAvro.breakdown(
                                turn,
                                call.attempt(),
                                String.valueOf(breakdown.getMessage()),
                                breakdown.at)
                        : JudgingAvro.breakdown(
                                turn,
                                call.attempt(),
                                "The verdict cannot be published ("
                                        + fault.getClass().getSimpleName()
                                        + ").",
                                clock.instant()));
    }

    private ProducerRecord<byte[], byte[]> event(JudgeCall call, VerdictIssued verdict) {
        ProducerRecord<byte[], byte[]> event =
                new ProducerRecord<>(
                        Topics.BATTLE_VERDICTS.name(),
                        verdict.getBattleId().getBytes(StandardCharsets.UTF_8),
                        encoded(verdict));
        call.pending().correlation().addTo(event.headers());
        return event;
    }

    private byte[] encoded(VerdictIssued verdict) {
        try {
            return verdicts.serialize(Topics.BATTLE_VERDICTS.name(), verdict);
        } catch (RuntimeException fault) {
            if (EventSerdes.isEncodable(verdict)) {
                throw fault; // the registry, which will be back
            }
            logged("a verdict cannot be written", verdict.getBattleId(), verdict.getTurn(), fault);
            throw new UnwritableResult("The verdict cannot be written.", fault);
        }
    }

    private static void logged(String what, String battle, int turn, RuntimeException fault) {
        log.error("{} battle={} turn={} fault={}", what, battle, turn, FaultTrace.of(fault));
    }
}
