package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.battlestream.effects.EffectCall;
import dev.battlestream.effects.UnwritableResult;
import dev.battlestream.events.FailureClass;
import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.events.TurnDelta;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatMessage;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.FinishReason;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.Reply;
import dev.battlestream.llm.Role;
import dev.battlestream.runner.battle.Allowance;
import dev.battlestream.runner.battle.Speaker;
import dev.battlestream.schemas.Correlation;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.PlainAvro;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurnEffectTest {

    private static final EventSerdes SERDES = new EventSerdes(PlainAvro.settings());
    private static final Serializer<TurnDelta> DELTAS =
            SERDES.values(Topics.BATTLE_DELTAS).serializer();

    private final String id = UUID.randomUUID().toString();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MockProducer<byte[], byte[]> deltas =
            new MockProducer<>(
                    true,
                    new RoundRobinPartitioner(),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
    private Instant now = Records.NOW;

    @Test
    void anEventThatIsPublishedLaterStillSaysWhenTheMessageWasComplete() throws Exception {
        TurnEffect effect = effect(says("hello"), DELTAS);
        TurnEffect.Played played = effect.run(call(), effectCall());

        now = now.plusSeconds(60);

        TurnProduced turn = decoded(effect.result(call(), played));
        assertThat(turn.getProducedAt()).isEqualTo(Records.NOW);
        assertThat(turn.getLatencyMs()).isEqualTo(2_000);
    }

    @Test
    void aFailureThatIsPublishedLaterStillSaysWhenItHappened() {
        TurnEffect effect =
                effect(
                        _ -> {
                            throw new IllegalStateException("quoting what was said");
                        },
                        DELTAS);
        Throwable fault = catchThrowable(() -> effect.run(call(), effectCall()));

        now = now.plusSeconds(60);

        TurnProduced turn = decoded(effect.failed(call(), fault));
        assertThat(turn.getProducedAt()).isEqualTo(Records.NOW);
        assertThat(turn.getFailure().getFailureClass()).isEqualTo(FailureClass.PLATFORM);
        assertThat(turn.getFailure().getDetail()).doesNotContain("quoting");
    }

    @Test
    void aMessageThatNoReaderWouldTakeIsTheProvidersFailure() {
        TurnEffect effect = effect(says("€".repeat(140_000)), DELTAS);

        Throwable fault = catchThrowable(() -> effect.run(call(), effectCall()));

        assertThat(decoded(effect.failed(call(), fault)).getFailure().getDetail())
                .contains("more than 400000 bytes");
    }

    /** The first fails when it is encoded, the second when the record is made. */
    static List<Instant> timesThatNoRecordCanHold() {
        return List.of(Instant.parse("+400000-01-01T00:00:00Z"), Instant.MAX);
    }

    @ParameterizedTest
    @MethodSource("timesThatNoRecordCanHold")
    void aReplyThatCanNeverBeWrittenEndsAsAFailureThatTellsItsCalls(Instant at) {
        TurnEffect effect = effect(says("hello"), DELTAS);
        TurnEffect.Played unwritable =
                new TurnEffect.Played(reply("what was said"), BigDecimal.ZERO, at);

        Throwable fault = catchThrowable(() -> effect.result(call(), unwritable));

        assertThat(fault).isInstanceOf(UnwritableResult.class);
        TurnProduced turn = decoded(effect.failed(call(), fault));
        assertThat(turn.getFailure().getFailureClass()).isEqualTo(FailureClass.PLATFORM);
        assertThat(turn.getFailure().getDetail()).contains("cannot be written");
        assertThat(turn.getCalls()).isEqualTo(1);
        assertThat(turn.getProducedAt()).isEqualTo(Records.NOW);
    }

    @Test
    void aReplyThatFindsNoRegistryIsNotGivenUp() {
        TurnEffect effect =
                new TurnEffect(
                        new Model(says("hello")),
                        new Deltas(deltas, DELTAS, () -> now, registry),
                        (_, _) -> {
                            throw new AvroRuntimeException("the registry's answer is no schema");
                        },
                        () -> now);

        Throwable fault =
                catchThrowable(() ->
                        effect.result(
                                call(),
                                new TurnEffect.Played(reply("hello"), BigDecimal.ZERO, now)));

        assertThat(fault).isInstanceOf(AvroRuntimeException.class);
    }

    @Test
    void aMessageTellsWhichModelAnsweredInPlaceOfTheOneThatWasAsked() {
        Reply reply = reply("hello", ModelReference.parse("second:large"));
        TurnEffect effect = effect(says("hello"), DELTAS);

        TurnProduced turn =
                decoded(effect.result(call(), new TurnEffect.Played(reply, BigDecimal.ZERO, now)));

        assertThat(turn.getModel()).isEqualTo(call().request().model().toString());
        assertThat(turn.getAnsweredBy()).isEqualTo("second:large");
    }

    @Test
    void aDeltaThatCannotBeWrittenCostsNoCall() throws Exception {
        TurnEffect effect =
                effect(
                        says("hello"),
                        (_, _) -> {
                            throw new IllegalStateException("no registry");
                        });

        assertThat(effect.run(call(), effectCall()).reply().text()).isEqualTo("hello");
        assertThat(registry.get("battle.deltas.lost").counter().count()).isEqualTo(1);
    }

    @Test
    void aDeltaCarriesTheCorrelationOfItsCall() throws Exception {
        effect(says("hello"), DELTAS).run(call(), effectCall());

        assertThat(Correlation.of(deltas.history().getFirst().headers()).requestId())
                .isEqualTo("r-1");
    }

    @Test
    void aCallThatWasLostMayHaveBeenPaid() throws Exception {
        TurnEffect effect = effect(says("hello"), DELTAS);
        TurnCall third = call(3, Speaker.AGENT, List.of(), allowance("0.32", "0.02"));

        TurnProduced turn = decoded(effect.result(third, effect.run(third, effectCall())));

        assertThat(turn.getUnsettledUsd()).isEqualByComparingTo("0.20");
        assertThat(turn.getBudgetLeftUsd()).isEqualByComparingTo("0.12");
        assertThat(turn.getJudgingUsd()).isEqualByComparingTo("0.02");
    }

    @Test
    void aCallIsNotMadeAgainWhereTheBudgetDoesNotCoverTheLostOneAsWell() {
        TurnEffect effect =
                effect(
                        _ -> {
                            throw new IllegalStateException("it was asked");
                        },
                        DELTAS);
        TurnCall second = call(2, Speaker.AGENT, List.of(), allowance("0.219999999", "0.02"));

        Throwable fault = catchThrowable(() -> effect.run(second, effectCall()));

        TurnProduced turn = decoded(effect.failed(second, fault));
        assertThat(turn.getFailure().getFailureClass()).isEqualTo(FailureClass.BUDGET);
        assertThat(turn.getUnsettledUsd()).isEqualByComparingTo("0.10");
        assertThat(turn.getCalls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Goodbye.", "well, GOODBYE then", "goodbye"})
    void anOpponentsStopWordIsFoundInAnyCase(String said) throws Exception {
        assertThat(produced(Speaker.OPPONENT, said).getStopWord()).isTrue();
    }

    @Test
    void otherWordsAreNoStopWords() throws Exception {
        assertThat(produced(Speaker.OPPONENT, "good bye").getStopWord()).isFalse();
    }

    @Test
    void anOpponentsMessageLeavesNothingToJudge() throws Exception {
        assertThat(produced(Speaker.OPPONENT, "hello").getJudgingUsd()).isNull();
    }

    private TurnProduced produced(Speaker speaker, String said) throws Exception {
        TurnEffect effect = effect(says(said), DELTAS);
        TurnCall call = call(1, speaker, List.of("see you", "gOOdbye"), allowance("1", "0"));
        return decoded(effect.result(call, effect.run(call, effectCall())));
    }

    private static Allowance allowance(String left, String judging) {
        return new Allowance(Optional.of(new BigDecimal(left)), new BigDecimal(judging));
    }

    // ---- the world

    private static Reply reply(String text) {
        return reply(text, null);
    }

    private static Reply reply(String text, @Nullable ModelReference standIn) {
        return new Reply(
                text,
                "x",
                FinishReason.STOP,
                1,
                1,
                BigDecimal.ZERO,
                Duration.ZERO,
                1,
                0,
                BigDecimal.ZERO,
                standIn);
    }

    private interface Says {
        String answer(ChatRequest request);
    }

    private static Says says(String text) {
        return _ -> text;
    }

    private TurnEffect effect(Says model, Serializer<TurnDelta> serializer) {
        return new TurnEffect(
                new Model(model),
                new Deltas(deltas, serializer, () -> now, registry),
                SERDES.values(Topics.BATTLE_TURNS).serializer(),
                () -> now);
    }

    private EffectCall effectCall() {
        return new EffectCall(TurnEffect.id(id, 1), 1, 1);
    }

    private TurnCall call() {
        return call(1, Speaker.AGENT, List.of(), Allowance.UNBOUNDED);
    }

    private TurnCall call(
            int attempt, Speaker speaker, List<String> stopWords, Allowance allowance) {
        return new TurnCall(
                id,
                1,
                1,
                speaker,
                attempt,
                new ChatRequest(
                        ModelReference.parse("scripted:x"),
                        List.of(new ChatMessage(Role.USER, "Begin.")),
                        null,
                        null,
                        id),
                "",
                JudgingPolicy.newBuilder().setValidators(List.of()).build(),
                stopWords,
                allowance,
                Map.of("x-request-id", "r-1"),
                Records.NOW.minusSeconds(2));
    }

    private static TurnProduced decoded(ProducerRecord<byte[], byte[]> record) {
        return SERDES.values(Topics.BATTLE_TURNS)
                .deserializer()
                .deserialize(record.topic(), record.value());
    }

    private record Model(Says says) implements ChatModels {

        @Override
        public Optional<BigDecimal> worstCaseCost(ChatRequest request) {
            return Optional.of(new BigDecimal("0.10"));
        }

        @Override
        public Reply chat(ChatRequest request, @Nullable ChatListener listener) {
            String text = says.answer(request);
            if (listener != null) {
                listener.delta(text.substring(0, 1));
            }
            return reply(text);
        }

        @Override
        public boolean knows(ModelReference reference) {
            return true;
        }
    }
}
