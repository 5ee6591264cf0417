package dev.battlestream.judge.judging.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.battlestream.effects.EffectCall;
import dev.battlestream.effects.UnwritableResult;
import dev.battlestream.events.FailureClass;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.judge.judging.Cascade;
import dev.battlestream.judge.judging.Court;
import dev.battlestream.judge.judging.ModelRules;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.schemas.Correlation;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.PlainAvro;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class VerdictEffectTest {

    private static final Serde<VerdictIssued> VERDICTS =
            new EventSerdes(PlainAvro.settings()).values(Topics.BATTLE_VERDICTS);

    private static final ModelRules RULES =
            new ModelRules(new ModelReference("scripted", "judge"), Optional.empty(), Set.of());

    private final FakeChat chat = new FakeChat();
    private final TurnProduced turn = Records.turn("battle", 1, "Hello");
    private final JudgeCall call = new JudgeCall(new PendingTurn(turn, Correlation.NONE), 1);

    @Test
    void aVerdictThatCanNeverBeEncodedEndsAsAFailure() throws Exception {
        VerdictEffect effect = effect(VERDICTS.serializer());
        VerdictIssued unwritable =
                VerdictIssued.newBuilder(judged(effect)).setCostUsd(new BigDecimal("1e30")).build();

        Throwable fault = catchThrowable(() -> effect.result(call, unwritable));

        assertThat(fault).isInstanceOf(UnwritableResult.class);
        assertThat(decoded(effect.failed(call, fault)).getFailure().getFailureClass())
                .isEqualTo(FailureClass.PLATFORM);
    }

    @Test
    void aStageTellsWhichModelAnsweredInPlaceOfTheOneThatWasAsked() throws Exception {
        chat.answers(_ ->
                FakeChat.reply(
                        "{\"verdict\":\"no\",\"confidence\":0.8}",
                        ModelReference.parse("second:large")));
        VerdictEffect effect = effect(VERDICTS.serializer());

        VerdictIssued verdict = decoded(effect.result(call, judged(effect)));

        assertThat(verdict.getStages().getLast())
                .satisfies(stage -> {
                    assertThat(stage.getModel()).isEqualTo("scripted:judge");
                    assertThat(stage.getAnsweredBy()).isEqualTo("second:large");
                });
    }

    @Test
    void aVerdictThatFindsNoRegistryIsNotGivenUp() throws Exception {
        VerdictEffect effect =
                effect((_, _) -> {
                    throw new AvroRuntimeException("the registry's answer is no schema");
                });
        VerdictIssued verdict = judged(effect);

        Throwable fault = catchThrowable(() -> effect.result(call, verdict));

        assertThat(fault).isInstanceOf(AvroRuntimeException.class);
    }

    private VerdictIssued judged(VerdictEffect effect) throws InterruptedException {
        return effect.run(call, new EffectCall(VerdictEffect.id("battle", 1), 1, 1));
    }

    private VerdictEffect effect(Serializer<VerdictIssued> serializer) {
        return new VerdictEffect(
                new Cascade(new Court(RULES, PromptFiles.prompts())),
                new JudgeModels(chat, RULES, 512, null),
                serializer,
                () -> Records.NOW,
                new JudgingMeters(new SimpleMeterRegistry()));
    }

    private static VerdictIssued decoded(ProducerRecord<byte[], byte[]> event) {
        return VERDICTS.deserializer().deserialize(event.topic(), event.value());
    }
}
