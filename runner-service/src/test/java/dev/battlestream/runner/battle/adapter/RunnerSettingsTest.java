package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.Reply;
import dev.battlestream.schemas.LogRetention;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerSettingsTest {

    private String defaultModel = "scripted:x";
    private List<String> allowedModels = List.of();
    private int maxInFlight = 5_000;
    private int labels = 50;

    @Test
    void saneSettingsAreTaken() {
        assertThat(
                        settings()
                                .rules(new OnlyScripted(), Set.of(), LogRetention.DEFAULT)
                                .defaultModel())
                .isEqualTo("scripted:x");
    }

    @Test
    void moreCallsThanAnyMachineBearsAreRefused() {
        maxInFlight = 100_001;

        assertThatIllegalArgumentException()
                .isThrownBy(this::settings)
                .withMessageContaining("max-in-flight");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 51})
    void aCapOutsideTheContractIsRefused(int cap) {
        labels = cap;

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> settings().rules(new OnlyScripted(), Set.of(), LogRetention.DEFAULT))
                .withMessageContaining("labels must be 1 to 50");
    }

    @Test
    void aDefaultModelThatNoProviderHasIsRefused() {
        defaultModel = "nobody:x";

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> settings().rules(new OnlyScripted(), Set.of(), LogRetention.DEFAULT))
                .withMessageContaining("default-model nobody:x");
    }

    @Test
    void aDefaultModelThatIsNotAllowedIsRefused() {
        allowedModels = List.of("scripted:y*");

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> settings().rules(new OnlyScripted(), Set.of(), LogRetention.DEFAULT))
                .withMessageContaining("default-model");
    }

    private RunnerSettings settings() {
        return new RunnerSettings(
                1,
                defaultModel,
                allowedModels,
                maxInFlight,
                Duration.ofSeconds(20),
                new RunnerSettings.CapSettings(
                        25, 32_768, Duration.ofHours(24), 32_000, 50, 20, 1_000, labels, 200),
                4_096,
                RunnerSettings.UnpricedModels.FREE,
                new RunnerSettings.JudgingBound("scripted:judge", "", 512));
    }

    private static final class OnlyScripted implements ChatModels {

        @Override
        public Reply chat(ChatRequest request, @Nullable ChatListener listener) {
            throw new UnsupportedOperationException(
                    "These rules are told which models there are, and ask none");
        }

        @Override
        public boolean knows(ModelReference reference) {
            return reference.provider().equals("scripted");
        }
    }
}
