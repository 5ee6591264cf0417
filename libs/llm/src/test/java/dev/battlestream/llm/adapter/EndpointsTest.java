package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.LimitSettings;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ModelSettings;
import dev.battlestream.llm.ProviderKind;
import dev.battlestream.llm.ProviderSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of limits when callers make up more names than have a way of their own. */
@Timeout(60)
class EndpointsTest {

    private static final ModelSettings ONE_A_MINUTE =
            new ModelSettings(new LimitSettings(null, 1, null, Duration.ofSeconds(1)), null);

    @Test
    void aConfiguredModelKeepsItsLimitsHoweverLateItIsAskedFor() {
        ChatModels models = models("judge");
        askForNamesMadeUp(models);

        assertThat(askedFiveTimes(models, "scripted:judge")).contains(Kind.RATE_LIMITED);
    }

    @Test
    void namesThatAreTooManyHaveNotTheLimitsOfAModelCalledOther() {
        ChatModels models = models("other");
        askForNamesMadeUp(models);

        assertThat(askedFiveTimes(models, "scripted:one-too-many"))
                .containsOnly(Kind.UNKNOWN_MODEL);
    }

    private static ChatModels models(String limited) {
        return ChatModelsFactory.create(
                LlmSettings.defaults()
                        .withProvider(
                                "scripted",
                                ProviderSettings.of(ProviderKind.SCRIPTED)
                                        .withModel(limited, ONE_A_MINUTE)),
                new FakeTimepiece());
    }

    private static void askForNamesMadeUp(ChatModels models) {
        for (int i = 0; i < 1_000; i++) {
            String madeUp = "scripted:made-up-" + i;
            var _ = failure(models, madeUp);
        }
    }

    /** More often than one a minute lets through, wherever its minute ends. */
    private static List<Kind> askedFiveTimes(ChatModels models, String model) {
        return IntStream.range(0, 5)
                .mapToObj(_ -> failure(models, model))
                .flatMap(List::stream)
                .toList();
    }

    /** Empty if it is answered. */
    private static List<Kind> failure(ChatModels models, String model) {
        ModelException failure =
                catchThrowableOfType(
                        ModelException.class,
                        () -> models.chat(asking(model, "hello"), ChatListener.NONE));
        return failure == null ? List.of() : List.of(failure.kind());
    }
}
