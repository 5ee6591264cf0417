package dev.battlestream.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.llm.playbook.TokenCount;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PromptBoundTest {

    @Test
    void everyByteOfUtf8IsATokenAndWhatStandsAroundIsAdded() {
        List<ChatMessage> messages =
                List.of(
                        new ChatMessage(Role.SYSTEM, "Be kind."),
                        new ChatMessage(Role.USER, "Grüße 🙂"));

        assertThat(PromptBound.tokens(messages)).isEqualTo(64 + (16 + 8) + (16 + 12));
    }

    /** For scripted models the bound can be checked against the count itself. */
    @RepeatedTest(100)
    void whatScriptedModelsCountStaysBelow(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        List<ChatMessage> messages = new ArrayList<>();
        int count = random.nextInt(1, 30);
        for (int i = 0; i < count; i++) {
            String text =
                    random.ints(random.nextInt(200), 1, 0x2_0000)
                            .filter(c -> c < 0xd800 || c > 0xdfff)
                            .collect(
                                    StringBuilder::new,
                                    StringBuilder::appendCodePoint,
                                    StringBuilder::append)
                            .toString();
            messages.add(new ChatMessage(Role.USER, text));
        }

        assertThat(PromptBound.tokens(messages)).isGreaterThan(TokenCount.of(messages));
    }
}
