package dev.battlestream.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReferenceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai:gpt-4o-mini",
                "ollama:llama3.2:3b",
                "vllm:meta-llama/Llama-3.1-8B-Instruct",
                "scripted:goal-at-4"
            })
    void isReadAndWrittenTheSameWay(String text) {
        assertThat(ModelReference.parse(text)).hasToString(text);
    }

    @Test
    void isDividedAtTheFirstColon() {
        assertThat(ModelReference.parse("ollama:llama3.2:3b"))
                .isEqualTo(new ModelReference("ollama", "llama3.2:3b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "gpt-4o", ":gpt-4o", "openai:", "open ai:gpt", "openai:a\"b", "a:\n"})
    void isRefusedReadablyIfItIsNoPair(String text) {
        assertThatThrownBy(() -> ModelReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A model")
                .hasMessageNotContaining("\n");
    }
}
