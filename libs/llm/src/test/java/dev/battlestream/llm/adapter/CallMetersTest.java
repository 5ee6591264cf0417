package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.asking;
import static dev.battlestream.llm.Conversations.atTurn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelReference;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CallMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ChatModels models =
            ChatModelsFactory.create(LlmSettings.defaults(), registry, new FakeTimepiece());

    @Test
    void attemptsAndCallsAreCountedByWhatBecameOfThem() throws Exception {
        models.chat(atTurn("scripted:flaky", "battle-1", 2), ChatListener.NONE);

        assertThat(attempts("rate-limited")).isOne();
        assertThat(attempts("overloaded")).isOne();
        assertThat(attempts("answered")).isOne();
        assertThat(
                        registry.get("battlestream.llm.calls")
                                .tags(
                                        "provider",
                                        "scripted",
                                        "model",
                                        "flaky",
                                        "outcome",
                                        "answered")
                                .counter()
                                .count())
                .isOne();
    }

    @Test
    void namesThatCallersMakeUpAreOneSeries() {
        for (int i = 0; i < 500; i++) {
            String madeUp = "scripted:made-up-" + i;
            assertThatThrownBy(() -> models.chat(asking(madeUp, "hello"), ChatListener.NONE))
                    .isInstanceOf(ModelException.class);
        }

        assertThat(
                        registry.get("battlestream.llm.calls")
                                .tags("model", "other", "outcome", "unknown-model")
                                .counter()
                                .count())
                .isEqualTo(500);
        assertThat(namesMadeUp()).isEmpty();
    }

    @Test
    void namesThatCallersMakeUpAndThatAreAnsweredHaveASeriesUpToABound() {
        CallMeters meters = new CallMeters(registry, List.of("local"), List.of());

        for (int i = 0; i < 300; i++) {
            meters.answered(ModelReference.parse("local:made-up-" + i), Duration.ofSeconds(1));
        }

        assertThat(namesMadeUp()).hasSize(200).contains("made-up-0", "made-up-199");
        assertThat(
                        registry.get("battlestream.llm.attempts")
                                .tags("model", "other", "outcome", "answered")
                                .timer()
                                .count())
                .isEqualTo(100);
    }

    @Test
    void providersThatCallersMakeUpAreOneSeriesToo() {
        for (int i = 0; i < 100; i++) {
            String madeUp = "nobody-%d:m".formatted(i);
            assertThatThrownBy(() -> models.chat(asking(madeUp, "hello"), ChatListener.NONE))
                    .isInstanceOf(ModelException.class);
        }

        assertThat(registry.find("battlestream.llm.calls").counters()).hasSize(1);
    }

    private Set<String> namesMadeUp() {
        return registry.getMeters().stream()
                .map(meter -> String.valueOf(meter.getId().getTag("model")))
                .filter(name -> name.startsWith("made-up"))
                .collect(Collectors.toSet());
    }

    private long attempts(String outcome) {
        return registry.get("battlestream.llm.attempts")
                .tags("provider", "scripted", "model", "flaky", "outcome", outcome)
                .timer()
                .count();
    }
}
