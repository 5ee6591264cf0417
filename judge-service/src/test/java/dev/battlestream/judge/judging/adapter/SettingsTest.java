package dev.battlestream.judge.judging.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.llm.LlmSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

/** The settings as an operator sets them: application.yml under variables of the environment. */
class SettingsTest {

    @Test
    void withoutAnyVariableTheDefaultsHold() {
        Binder settings = settings(Map.of());

        JudgingProperties judging = judging(settings);
        assertThat(judging.defaultModel()).isEqualTo("scripted:judge");
        assertThat(judging.allowedModels()).isEmpty();
        assertThat(judging.modelRules().strong()).isEmpty();
        assertThat(judging.maxInFlight()).isEqualTo(2_000);
        assertThat(judging.retention()).isEqualTo(Duration.ofDays(30));
        assertThat(judging.temperature()).isNull();
        PlatformProperties platform = settings.bind("battlestream", PlatformProperties.class).get();
        assertThat(platform.instance()).isEqualTo("judge-1");
        assertThat(platform.partitions()).isEqualTo(12);
        assertThat(platform.registry().autoRegister()).isTrue();
    }

    @Test
    void variablesOfTheEnvironmentChangeThem() {
        Binder settings =
                settings(
                        Map.of(
                                "BATTLESTREAM_JUDGE_DEFAULT_MODEL", "openai:small",
                                "BATTLESTREAM_JUDGE_STRONG_MODEL", "openai:large",
                                "BATTLESTREAM_JUDGE_ALLOWED_MODELS", "openai:large,local:*",
                                "BATTLESTREAM_REGISTRY_AUTO_REGISTER", "false",
                                "BATTLESTREAM_STATE_DIR", "elsewhere",
                                "BATTLESTREAM_JUDGE_TEMPERATURE", "0"));

        assertThat(judging(settings).modelRules().standard().toString()).isEqualTo("openai:small");
        assertThat(judging(settings).modelRules().strong().orElseThrow())
                .hasToString("openai:large");
        assertThat(judging(settings).allowedModels()).isEqualTo(List.of("openai:large", "local:*"));
        assertThat(judging(settings).temperature()).isZero();
        PlatformProperties platform = settings.bind("battlestream", PlatformProperties.class).get();
        assertThat(platform.stateDir()).isEqualTo(Path.of("elsewhere"));
        assertThat(platform.registry().autoRegister()).isFalse();
    }

    @Test
    void modelsAreSetByTheEnvironmentToo() {
        LlmSettings llm =
                settings(
                                Map.of(
                                        "BATTLESTREAM_LLM_SCRIPTED_CALL_LOG", "calls.log",
                                        "BATTLESTREAM_LLM_RETRY_MAX_ATTEMPTS", "2",
                                        "BATTLESTREAM_LLM_PROVIDERS_OPENAI_BASE_URL",
                                                "http://127.0.0.1:9/v1",
                                        "BATTLESTREAM_LLM_PROVIDERS_OPENAI_API_KEY", "k"))
                        .bind("battlestream.llm", LlmSettings.class)
                        .get();

        assertThat(llm.scripted().callLog()).isEqualTo(Path.of("calls.log"));
        assertThat(llm.retry().maxAttempts()).isEqualTo(2);
        assertThat(llm.providers())
                .hasEntrySatisfying(
                        "openai",
                        openai -> {
                            assertThat(openai.baseUrl()).hasPort(9);
                            assertThat(openai.apiKey()).isEqualTo("k");
                        });
    }

    @Test
    void nonsenseIsRefusedWithTheNameOfTheSetting() {
        assertThatThrownBy(() -> judging(settings(Map.of("BATTLESTREAM_JUDGE_MAX_IN_FLIGHT", "0"))))
                .rootCause()
                .hasMessage("battlestream.judge.max-in-flight must be 1 to 100000");
        assertThatThrownBy(() -> judging(settings(Map.of("BATTLESTREAM_JUDGE_DEFAULT_MODEL", "x"))))
                .rootCause()
                .hasMessageContaining("provider:name");
        assertThatThrownBy(() -> judging(settings(Map.of("BATTLESTREAM_JUDGE_RETENTION", "366d"))))
                .rootCause()
                .hasMessage("battlestream.judge.retention must be 1 hour to 365 days");
    }

    @Test
    void listensBeyondThisMachineOnlyWhenThatIsMeant() {
        assertThatThrownBy(() -> platform(Map.of("SERVER_ADDRESS", "0.0.0.0")))
                .rootCause()
                .hasMessageContaining("BATTLESTREAM_ALLOW_UNAUTHENTICATED_REMOTE=true");
        assertThat(
                        platform(
                                        Map.of(
                                                "SERVER_ADDRESS", "0.0.0.0",
                                                "BATTLESTREAM_ALLOW_UNAUTHENTICATED_REMOTE",
                                                        "true"))
                                .allowRemote())
                .isTrue();
    }

    private static PlatformProperties platform(Map<String, Object> variables) {
        return settings(variables).bind("battlestream", PlatformProperties.class).get();
    }

    private static JudgingProperties judging(Binder settings) {
        return settings.bind("battlestream.judge", JudgingProperties.class).get();
    }

    private static Binder settings(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                variables));
        try {
            new YamlPropertySourceLoader()
                    .load("application", new ClassPathResource("application.yml"))
                    .forEach(environment.getPropertySources()::addLast);
        } catch (IOException e) {
            throw new IllegalStateException("application.yml cannot be read", e);
        }
        return Binder.get(environment);
    }
}
