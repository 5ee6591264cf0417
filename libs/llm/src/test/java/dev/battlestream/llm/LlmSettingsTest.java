package dev.battlestream.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.llm.ModelException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LlmSettingsTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final RetrySettings RETRY = RetrySettings.defaults();

    @Test
    void scriptedOpenaiAndAnthropicAreAlwaysThere() {
        assertThat(LlmSettings.defaults().providers())
                .containsOnlyKeys(LlmSettings.SCRIPTED, LlmSettings.OPENAI, LlmSettings.ANTHROPIC);
    }

    @Test
    @SuppressWarnings("NullAway") // A binder passes null for what is not set.
    void whatIsAbsentHasItsDefault() {
        LlmSettings bound =
                new LlmSettings(
                        new RetrySettings(null, null, null, null, null, null, null, null),
                        Map.of(
                                "openai",
                                new ProviderSettings(
                                        null, null, "", null, null, null, null, null, null, null,
                                        null, null)),
                        null,
                        new ScriptedSettings(null, null, null),
                        null);

        assertThat(bound).isEqualTo(LlmSettings.defaults());
        assertThat(new LlmSettings(null, null, null, null, null)).isEqualTo(LlmSettings.defaults());
    }

    @Test
    void theDefaultsOfRetryAreTheDocumentedOnes() {
        assertThat(RETRY)
                .isEqualTo(
                        new RetrySettings(
                                4,
                                Duration.ofMillis(500),
                                2.0,
                                Duration.ofSeconds(20),
                                0.5,
                                Duration.ofSeconds(60),
                                2,
                                EnumSet.of(
                                        Kind.RATE_LIMITED,
                                        Kind.OVERLOADED,
                                        Kind.TIMEOUT,
                                        Kind.NETWORK,
                                        Kind.GARBAGE)));
    }

    @Test
    void theWithersKeepTheRest() {
        LlmSettings changed =
                LlmSettings.defaults()
                        .withProvider("vllm", vllm("http://localhost:8000/v1"))
                        .withPrice("vllm:small", ModelPrice.FREE);

        assertThat(changed.providers()).containsOnlyKeys("openai", "anthropic", "scripted", "vllm");
        assertThat(changed.withScripted(new ScriptedSettings(2.0, null, null)).prices())
                .containsOnlyKeys("vllm:small");
    }

    @Test
    void theTimeOfACallIsBounded() {
        assertThat(LlmSettings.defaults().callTimeout()).isEqualTo(Duration.ofMinutes(10));
        refused("call-timeout", () -> LlmSettings.defaults().withCallTimeout(Duration.ZERO));
        refused("call-timeout", () -> LlmSettings.defaults().withCallTimeout(Duration.ofHours(3)));
    }

    @Test
    void nonsenseInRetryIsRefused() {
        refused("retry.max-attempts", () -> retry(0, 500, 2, 20_000, 0.5, 60_000));
        refused("retry.max-attempts", () -> retry(21, 500, 2, 20_000, 0.5, 60_000));
        refused("retry.initial-wait", () -> retry(4, 0, 2, 20_000, 0.5, 60_000));
        refused("retry.multiplier", () -> retry(4, 500, 0.9, 20_000, 0.5, 60_000));
        refused("retry.max-wait", () -> retry(4, 500, 2, 499, 0.5, 60_000));
        refused("retry.jitter", () -> retry(4, 500, 2, 20_000, 1, 60_000));
        refused("retry.max-retry-after", () -> retry(4, 500, 2, 20_000, 0.5, -1));
        refused("retry.max-charged-attempts", () -> charged(0));
        refused("retry.max-charged-attempts", () -> charged(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8000/v1",
                "ftp://host/v1",
                "file:///etc/passwd",
                "http://user:word@host/v1",
                "http://host/v1?key=1",
                "/v1"
            })
    void aBaseUrlThatIsNoneIsRefusedWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> vllm(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("providers.*.base-url")
                .hasMessageNotContaining("word");
    }

    @Test
    void aKeyOrHeaderThatWouldBreakARequestIsRefusedWithoutRepeatingIt() {
        refused("providers.*.api-key", () -> ProviderSettings.openai(null, "sk-a\nX: b"));
        refused("headers", () -> vllm("http://h").withHeaders(Map.of("Host", "other")));
        refused("headers", () -> vllm("http://h").withHeaders(Map.of("X Y", "z")));
        assertThatThrownBy(() -> vllm("http://h").withHeaders(Map.of("X-Y", "secret\r\n")))
                .hasMessageContaining("headers.X-Y")
                .hasMessageNotContaining("secret");
    }

    @Test
    void otherNonsenseIsRefused() {
        refused("timeouts.connect", () -> timeouts(Duration.ZERO, LONG, LONG));
        refused("timeouts.first-token", () -> timeouts(LONG, Duration.ofHours(3), LONG));
        refused("timeouts.idle", () -> timeouts(LONG, LONG, Duration.ZERO));
        refused("latency-scale", () -> new ScriptedSettings(-1.0, null, null));
        refused("prices: A model", () -> LlmSettings.defaults().withPrice("x", ModelPrice.FREE));
        refused(
                "providers must have names",
                () -> LlmSettings.defaults().withProvider("Open AI", vllm("http://h")));
        refused(
                "providers.scripted is built in",
                () -> LlmSettings.defaults().withProvider("scripted", vllm("http://h")));
    }

    @Test
    void secretsAreNotPartOfTheTextForm() {
        ProviderSettings provider =
                ProviderSettings.openai(null, "sk-secret")
                        .withHeaders(Map.of("X-Proxy-Token", "another-secret"));

        assertThat(LlmSettings.defaults().withProvider("openai", provider).toString())
                .contains("****", "X-Proxy-Token")
                .doesNotContain("secret");
    }

    private static TimeoutSettings timeouts(Duration connect, Duration firstToken, Duration idle) {
        return new TimeoutSettings(connect, firstToken, idle);
    }

    private static ProviderSettings vllm(String url) {
        return ProviderSettings.openai(URI.create(url), null);
    }

    private static RetrySettings charged(int attempts) {
        return new RetrySettings(
                RETRY.maxAttempts(),
                RETRY.initialWait(),
                RETRY.multiplier(),
                RETRY.maxWait(),
                RETRY.jitter(),
                RETRY.maxRetryAfter(),
                attempts,
                RETRY.kinds());
    }

    private static RetrySettings retry(
            int attempts,
            long initialMillis,
            double multiplier,
            long maxMillis,
            double jitter,
            long retryAfterMillis) {
        return new RetrySettings(
                attempts,
                Duration.ofMillis(initialMillis),
                multiplier,
                Duration.ofMillis(maxMillis),
                jitter,
                Duration.ofMillis(retryAfterMillis),
                1,
                RETRY.kinds());
    }

    private static void refused(String setting, ThrowingCallable making) {
        assertThatThrownBy(making)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(setting);
    }
}
