package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelPrice;
import dev.battlestream.llm.ProviderKind;
import dev.battlestream.llm.ProviderSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** What the guide to models shows is what the services read. */
class ModelsGuideTest {

    private static final Path GUIDE = Path.of("../docs/guides/models.md");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void theExampleOfProvidersIsRead() throws Exception {
        Map<String, ProviderSettings> providers = read(example("providers:")).providers();

        assertThat(providers)
                .containsKeys("openai", "anthropic", "openrouter", "ollama", "vllm", "gpu-2");
        assertThat(provider(providers, "anthropic").kind()).isEqualTo(ProviderKind.ANTHROPIC);
        assertThat(provider(providers, "anthropic").apiKeyFile())
                .isEqualTo(Path.of("/run/secrets/anthropic"));
        assertThat(provider(providers, "openrouter").apiKey()).isEqualTo("sk-planted");
        assertThat(provider(providers, "openrouter").headers())
                .containsEntry("X-Title", "Battlestream");
        assertThat(providers.toString()).doesNotContain("sk-planted");
    }

    @Test
    void theExampleOfPricesIsRead() throws Exception {
        assertThat(read(example("prices:")).prices())
                .containsEntry(
                        "openai:gpt-4o-mini",
                        new ModelPrice(
                                new BigDecimal("0.15"),
                                new BigDecimal("0.6"),
                                new BigDecimal("0.075"),
                                new BigDecimal("0.15")))
                .containsKey("anthropic:claude-sonnet-4-5");
    }

    @Test
    void theExampleOfLimitsIsRead() throws Exception {
        ProviderSettings openai =
                provider(read(example("tokens-per-minute")).providers(), "openai");

        assertThat(openai.limits().concurrency()).isEqualTo(100);
        assertThat(openai.limits().tokensPerMinute()).isEqualTo(200_000);
        assertThat(openai.limits().maxWait()).isEqualTo(Duration.ofMinutes(2));
        assertThat(
                        Objects.requireNonNull(openai.models().get("gpt-4o"))
                                .limits()
                                .requestsPerMinute())
                .isEqualTo(60);
    }

    @Test
    void theExampleOfCircuitAndFailoverIsReadAndShowsTheDefaults() throws Exception {
        String withTarget =
                example("circuit:") + "      openrouter: {base-url: 'http://localhost/v1'}\n";
        ProviderSettings openai = provider(read(withTarget).providers(), "openai");

        assertThat(openai.failover()).isEqualTo("openrouter:openai/gpt-4o");
        assertThat(openai.circuit()).isEqualTo(ProviderSettings.of(ProviderKind.OPENAI).circuit());
    }

    @Test
    void whatIsShippedIsTheDefault() throws Exception {
        LlmSettings shipped = read(Files.readString(Path.of("src/main/resources/application.yml")));

        assertThat(shipped).isEqualTo(LlmSettings.defaults());
    }

    private static ProviderSettings provider(Map<String, ProviderSettings> providers, String name) {
        return Objects.requireNonNull(providers.get(name), name);
    }

    private static String example(String containing) throws IOException {
        String example =
                EXAMPLE.matcher(Files.readString(GUIDE))
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .filter(text -> text.contains(containing))
                        .findFirst()
                        .orElseThrow();
        return example.startsWith("battlestream:") ? example : "battlestream:\n  llm:\n" + example;
    }

    private static LlmSettings read(String yaml) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().remove("systemEnvironment");
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "keys",
                                Map.of("OPENROUTER_API_KEY", "sk-planted", "OPENAI_API_KEY", "")));
        List<PropertySource<?>> sources =
                new YamlPropertySourceLoader()
                        .load(
                                "example",
                                new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
        sources.forEach(environment.getPropertySources()::addLast);
        return Binder.get(environment).bind("battlestream.llm", LlmSettings.class).get();
    }
}
