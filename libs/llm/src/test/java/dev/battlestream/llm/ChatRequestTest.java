package dev.battlestream.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChatRequestTest {

    private static final ModelReference MODEL = new ModelReference("scripted", "never");
    private static final List<ChatMessage> MESSAGES =
            List.of(new ChatMessage(Role.USER, "my secret plan"));

    @Test
    void theTurnIsOneMoreThanTheAssistantHasSpoken() {
        assertThat(Conversations.atTurn("scripted:never", "b", 1).turn()).isEqualTo(1);
        assertThat(Conversations.atTurn("scripted:never", "b", 7).turn()).isEqualTo(7);
    }

    @Test
    void nonsenseIsRefusedReadably() {
        refused("at least one message", () -> request(List.of(), 1, 1.0, "b"));
        refused("maxTokens must be at least 1", () -> request(MESSAGES, 0, 1.0, "b"));
        refused("temperature must be from 0 to 2", () -> request(MESSAGES, 1, 2.1, "b"));
        refused("temperature must be from 0 to 2", () -> request(MESSAGES, 1, Double.NaN, "b"));
        refused("conversation's id", () -> request(MESSAGES, 1, 1.0, ""));
        refused("conversation's id", () -> request(MESSAGES, 1, 1.0, "\"quoted\""));
    }

    @Test
    void contentsAreNotPartOfItsTextForm() {
        assertThat(request(MESSAGES, 1, 1.0, "b").toString())
                .contains("USER", "14 characters")
                .doesNotContain("secret");
    }

    private static ChatRequest request(
            List<ChatMessage> messages, int maxTokens, double temperature, String conversation) {
        return new ChatRequest(MODEL, messages, maxTokens, temperature, conversation);
    }

    private static void refused(
            String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable making) {
        assertThatThrownBy(making)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
