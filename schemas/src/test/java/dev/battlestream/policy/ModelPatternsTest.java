package dev.battlestream.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPatternsTest {

    @ParameterizedTest
    @CsvSource({
        "openai:gpt-4o,openai:gpt-4o,true",
        "openai:gpt-4o,openai:gpt-4o-mini,false",
        "openai:gpt-4o*,openai:gpt-4o,true",
        "openai:gpt-4o*,openai:gpt-4o-mini,true",
        "openai:gpt-4o*,openai:gpt-4,false",
        "openai:*,openai:o3,true",
        "openai:*,openai2:o3,false",
        "openai:*,OpenAI:o3,false",
        "*:llama*,groq:llama-3.3-70b,true",
        "*:llama*,groq:codellama,false",
        "*,anything:at-all,true",
        "openrouter:*/*:free,openrouter:meta/llama:free,true",
        "openrouter:*/*:free,openrouter:meta/llama,false",
        "openrouter:*/*:free,openrouter:meta:free,false",
        "local:*-instruct,local:-instruct,true",
        "local:*-instruct,local:qwen-instruct-2,false",
        "local:a*ab,local:ab,false",
        "local:a*ab,local:aab,true",
        "local:a.c,local:abc,false"
    })
    void aStarStandsForAnyCharacters(String pattern, String reference, boolean allowed) {
        assertThat(ModelPatterns.allow(List.of(pattern), reference)).isEqualTo(allowed);
    }

    @Test
    void oneOfThemIsEnoughAndNoneMeansAll() {
        assertThat(ModelPatterns.allow(List.of("a:b", "openai:*"), "openai:o3")).isTrue();
        assertThat(ModelPatterns.allow(List.of(), "openai:o3")).isTrue();
    }

    @Test
    void manyStarsCostNothing() {
        String pattern = "a:" + "*a".repeat(90) + "b";

        assertThat(ModelPatterns.allow(List.of(pattern), "a:" + "a".repeat(100_000))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "gpt-4o", ":gpt-4o", "openai: gpt", "openai:gpt\n"})
    void whatIsNoPatternIsRefused(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelPatterns.check("allowed-models", List.of(pattern)))
                .withMessageStartingWith("allowed-models must be references such as");
    }

    @Test
    void patternsAreAccepted() {
        assertThatCode(() -> ModelPatterns.check("allowed-models", List.of("*", "*:x", "a:b*")))
                .doesNotThrowAnyException();
    }
}
