package dev.battlestream.runner.battle.adapter;

import dev.battlestream.effects.Effect;
import dev.battlestream.effects.EffectCall;
import dev.battlestream.effects.EffectId;
import dev.battlestream.events.Speaker;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.Reply;
import dev.battlestream.runner.battle.Fault;
import dev.battlestream.runner.battle.adapter.stored.StoredPendingTurn;
import dev.battlestream.schemas.StoredAvro;
import dev.battlestream.schemas.Topics;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
final class TurnEffect implements Effect<StoredPendingTurn, TurnCall, Reply> {

    /** A longer message would endanger the bound on a record's size. */
    static final int MAX_CONTENT = 200_000;

    private static final int MAX_DETAIL = 1_000;

    private static final Logger log = LoggerFactory.getLogger(TurnEffect.class);

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
        return StoredAvro.of(StoredPendingTurn.class);
    }

    @Override
    public Reply run(TurnCall call, EffectCall effect) throws Exception {
        Reply reply;
        try (Deltas.Message message = deltas.of(call)) {
            reply = models.chat(call.request(), message);
        }
        if (reply.text().length() > MAX_CONTENT) {
            throw new ModelException(
                    ModelException.Kind.INVALID_REQUEST,
                    "%s answered with more than %d characters"
                            .formatted(call.request().model(), MAX_CONTENT),
                    null,
                    reply.calls(),
                    null);
        }
        return reply;
    }

    @Override
    public ProducerRecord<byte[], byte[]> result(TurnCall call, Reply reply) {
        return record(
                call,
                turn(call)
                        .setContent(reply.text())
                        .setTokensIn(reply.tokensIn())
                        .setTokensOut(reply.tokensOut())
                        .setCostUsd(BattleAvro.money(reply.costUsd()))
                        .setCalls(reply.calls()));
    }

    @Override
    public ProducerRecord<byte[], byte[]> failed(TurnCall call, Throwable cause) {
        Fault fault;
        int calls = 0;
        if (cause instanceof ModelException failed) {
            fault = new Fault(Fault.Blame.PROVIDER, shortened(String.valueOf(failed.getMessage())));
            calls = failed.calls();
        } else {
            log.error(
                    "a call for a message broke battle={} seq={}",
                    call.battleId(),
                    call.seq(),
                    cause);
            fault =
                    new Fault(
                            Fault.Blame.PLATFORM,
                            "the runner failed to ask the model; its log has the cause");
        }
        return record(
                call,
                turn(call)
                        .setContent("")
                        .setCostUsd(BattleAvro.money(BigDecimal.ZERO))
                        .setCalls(calls)
                        .setFailure(BattleAvro.failure(fault)));
    }

    private TurnProduced.Builder turn(TurnCall call) {
        Instant now = clock.instant();
        return TurnProduced.newBuilder()
                .setBattleId(call.battleId())
                .setSeq(call.seq())
                .setTurn(call.turn())
                .setAttempt(call.attempt())
                .setSpeaker(Speaker.valueOf(call.speaker().name()))
                .setModel(call.request().model().toString())
                .setLatencyMs(Math.max(0, Duration.between(call.dispatchedAt(), now).toMillis()))
                .setProducedAt(now)
                .setGoal(call.goal())
                .setJudging(call.judging());
    }

    private ProducerRecord<byte[], byte[]> record(TurnCall call, TurnProduced.Builder turn) {
        String topic = Topics.BATTLE_TURNS.name();
        Headers headers = Correlation.headers(call.correlation());
        byte[] value = serializer.serialize(topic, headers, turn.build());
        byte[] key = call.battleId().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, null, key, value, headers);
    }

    private static String shortened(String text) {
        return text.length() > MAX_DETAIL ? text.substring(0, MAX_DETAIL) : text;
    }
}
