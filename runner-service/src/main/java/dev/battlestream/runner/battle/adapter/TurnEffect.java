package dev.battlestream.runner.battle.adapter;

import dev.battlestream.effects.Effect;
import dev.battlestream.effects.EffectCall;
import dev.battlestream.effects.EffectId;
import dev.battlestream.effects.FaultTrace;
import dev.battlestream.effects.LogContext;
import dev.battlestream.effects.UnwritableResult;
import dev.battlestream.events.Speaker;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.Reply;
import dev.battlestream.runner.battle.Fault;
import dev.battlestream.runner.battle.adapter.stored.StoredPendingTurn;
import dev.battlestream.schemas.Correlation;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topics;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a model for one message. Passing faults are retried inside {@link ChatModels}; what it
 * throws is final and becomes a TurnProduced with a failure.
 */
final class TurnEffect implements Effect<StoredPendingTurn, TurnCall, TurnEffect.Played> {

    /**
     * Longest message, in bytes of UTF-8. With the goal and the policy of a battle that asks for
     * all that it may, the record stays below what readers take.
     */
    static final int MAX_CONTENT_BYTES = 400_000;

    private static final Fault BROKEN =
            new Fault(
                    Fault.Blame.PLATFORM,
                    "the runner failed to ask the model; its log has the cause");

    private static final Fault UNWRITABLE =
            new Fault(
                    Fault.Blame.PLATFORM,
                    "the reply cannot be written as an event; the runner's log has the cause");

    private static final Fault UNAFFORDABLE =
            new Fault(
                    Fault.Blame.BUDGET,
                    "the call does not fit into the budget any longer: an earlier one was lost with its runner and may have been paid");

    private static final Logger log = LoggerFactory.getLogger(TurnEffect.class);

    /**
     * A message and when it was complete. The engine asks for its event again and again.
     *
     * @param unsettledUsd the most that may be on the bill beside the reply's own cost
     */
    record Played(Reply reply, BigDecimal unsettledUsd, Instant at) {}

    /** No message, and since when. */
    private static final class TurnFailed extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Fault fault;
        private final int calls;
        private final transient BigDecimal unsettledUsd;
        private final Instant at;

        TurnFailed(Fault fault, int calls, BigDecimal unsettledUsd, Instant at) {
            super(fault.detail(), null, false, false);
            this.fault = fault;
            this.calls = calls;
            this.unsettledUsd = unsettledUsd;
            this.at = at;
        }
    }

    private final ChatModels models;
    private final Deltas deltas;
    private final Serializer<TurnProduced> serializer;
    private final InstantSource clock;

    TurnEffect(
            ChatModels models,
            Deltas deltas,
            Serializer<TurnProduced> serializer,
            InstantSource clock) {
        this.models = models;
        this.deltas = deltas;
        this.serializer = serializer;
        this.clock = clock;
    }

    static EffectId id(String battleId, int seq) {
        return new EffectId(battleId, "message/" + seq);
    }

    @Override
    public String type() {
        return "turn";
    }

    @Override
    public Serde<StoredPendingTurn> payload() {
        return StoredFormats.of(StoredPendingTurn.class);
    }

    @Override
    public Played run(TurnCall call, EffectCall effect) throws Exception {
        // The thread is this effect's own: what is said of it later belongs to the battle as well.
        Correlation cause = Correlation.of(call.correlation());
        LogContext.enter(call.battleId(), cause.traceId(), cause.requestId());
        log.debug("a message is asked for seq={} attempt={}", call.seq(), call.attempt());
        BigDecimal worstCase = models.worstCaseCost(call.request()).orElse(BigDecimal.ZERO);
        // Each dispatch before this one was lost in flight, and its call may have been paid.
        BigDecimal lost = worstCase.multiply(BigDecimal.valueOf(Math.max(0, call.attempt() - 1)));
        if (!call.allowance().covers(lost.add(worstCase))) {
            throw new TurnFailed(UNAFFORDABLE, 0, lost, clock.instant());
        }
        try {
            Reply reply = chat(call);
            return new Played(reply, lost.add(reply.unsettledUsd()), clock.instant());
        } catch (InterruptedException e) {
            throw e;
        } catch (ModelException e) {
            throw new TurnFailed(
                    new Fault(Fault.Blame.PROVIDER, e.detail()),
                    e.calls(),
                    lost.add(e.unsettledUsd()),
                    clock.instant());
        } catch (Exception e) {
            // Not the message of the exception: it may quote what was said.
            log.error(
                    "a call for a message broke battle={} seq={} cause={}",
                    call.battleId(),
                    call.seq(),
                    FaultTrace.of(e));
            throw new TurnFailed(BROKEN, 0, lost.add(worstCase), clock.instant());
        }
    }

    private Reply chat(TurnCall call) throws Exception {
        Reply reply;
        try (Deltas.Message message = deltas.of(call)) {
            reply = models.chat(call.request(), message);
        }
        if (reply.text().getBytes(StandardCharsets.UTF_8).length > MAX_CONTENT_BYTES) {
            throw new ModelException(
                            ModelException.Kind.BAD_REQUEST,
                            "%s answered with more than %d bytes"
                                    .formatted(call.request().model(), MAX_CONTENT_BYTES),
                            null,
                            reply.calls(),
                            null)
                    .withTotals(reply.calls(), reply.unsettledUsd().add(reply.costUsd()));
        }
        return reply;
    }

    @Override
    public ProducerRecord<byte[], byte[]> result(TurnCall call, Played played) {
        Reply reply = played.reply();
        Optional<BigDecimal> left = leftForJudging(call, played);
        TurnProduced turn;
        try {
            turn =
                    turn(call, played.at())
                            .setContent(reply.text())
                            .setTokensIn(reply.tokensIn())
                            .setTokensOut(reply.tokensOut())
                            .setCostUsd(BattleAvro.money(reply.costUsd()))
                            .setCalls(reply.calls())
                            .setUnsettledUsd(BattleAvro.unlessZero(played.unsettledUsd()))
                            .setJudgingUsd(left.map(call.allowance()::judgingOf).orElse(null))
                            .setBudgetLeftUsd(left.orElse(null))
                            .setStopWord(saysOneOf(call.stopWords(), reply.text()))
                            .setAnsweredBy(Objects.toString(reply.standIn(), null))
                            .build();
        } catch (RuntimeException e) {
            // Nothing of the world is in it: it would come out the same each time.
            throw unwritable(call, played, e);
        }
        try {
            return record(call, turn);
        } catch (RuntimeException e) {
            throw EventSerdes.isEncodable(turn) ? e : unwritable(call, played, e);
        }
    }

    /** What was paid is told all the same. */
    private UnwritableResult unwritable(TurnCall call, Played played, RuntimeException cause) {
        log.error(
                "a reply cannot be written battle={} seq={} cause={}",
                call.battleId(),
                call.seq(),
                FaultTrace.of(cause));
        return new UnwritableResult(
                UNWRITABLE.detail(),
                new TurnFailed(
                        UNWRITABLE,
                        played.reply().calls(),
                        played.unsettledUsd().add(played.reply().costUsd()),
                        clock.instant()));
    }

    /** Only an agent's message is judged. */
    private static Optional<BigDecimal> leftForJudging(TurnCall call, Played played) {
        if (call.speaker() != dev.battlestream.runner.battle.Speaker.AGENT) {
            return Optional.empty();
        }
        BigDecimal paid =
                BattleAvro.money(played.reply().costUsd())
                        .add(BattleAvro.money(played.unsettledUsd()));
        return call.allowance().afterwards(paid);
    }

    private static boolean saysOneOf(List<String> stopWords, String text) {
        String said = text.toLowerCase(Locale.ROOT);
        return stopWords.stream().anyMatch(word -> said.contains(word.toLowerCase(Locale.ROOT)));
    }

    @Override
    public ProducerRecord<byte[], byte[]> failed(TurnCall call, Throwable cause) {
        Throwable known = cause instanceof UnwritableResult ? cause.getCause() : cause;
        TurnFailed failed =
                known instanceof TurnFailed told
                        ? told
                        : new TurnFailed(BROKEN, 0, BigDecimal.ZERO, clock.instant());
        return record(
                call,
                turn(call, failed.at)
                        .setContent("")
                        .setCostUsd(BattleAvro.money(BigDecimal.ZERO))
                        .setCalls(failed.calls)
                        .setUnsettledUsd(BattleAvro.unlessZero(failed.unsettledUsd))
                        .setFailure(BattleAvro.failure(failed.fault))
                        .build());
    }

    private TurnProduced.Builder turn(TurnCall call, Instant at) {
        return TurnProduced.newBuilder()
                .setBattleId(call.battleId())
                .setSeq(call.seq())
                .setTurn(call.turn())
                .setAttempt(call.attempt())
                .setSpeaker(Speaker.valueOf(call.speaker().name()))
                .setModel(call.request().model().toString())
                .setLatencyMs(Math.max(0, Duration.between(call.dispatchedAt(), at).toMillis()))
                .setProducedAt(at)
                .setGoal(call.goal())
                .setJudging(call.judging());
    }

    private ProducerRecord<byte[], byte[]> record(TurnCall call, TurnProduced turn) {
        String topic = Topics.BATTLE_TURNS.name();
        Headers headers = Correlation.of(call.correlation()).headers();
        byte[] value = serializer.serialize(topic, headers, turn);
        byte[] key = call.battleId().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, null, key, value, headers);
    }
}
