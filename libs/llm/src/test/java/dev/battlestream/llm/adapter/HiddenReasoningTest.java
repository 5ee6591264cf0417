package dev.battlestream.llm.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenReasoningTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Hello.|Hello.",
                "  Hello.|  Hello.",
                "<think>secret</think>Hello.|Hello.",
                "<think>\\nsecret\\n</think>\\n\\nHello.|Hello.",
                "\\n <thinking>secret</thinking> Hello.|Hello.",
                "<think></think>\\n\\nHello.|Hello.",
                "<think>one</think><think>two</think>Hello.|Hello.",
                "<think>a < b, </thin and </b> too</think>Hello.|Hello.",
                "<think>secret that never ends|''",
                "<thin|<thin",
                "<thinker>is a word</thinker>|<thinker>is a word</thinker>",
                "Hello <think>aloud</think> there.|Hello <think>aloud</think> there.",
                "<b>bold</b>|<b>bold</b>",
                "<|<"
            })
    void thoughtsAtTheBeginningAreDroppedAndNothingElse(String text, String aloud) {
        HiddenReasoning hidden = new HiddenReasoning();
        String said = hidden.aloud(text.replace("\\n", "\n")) + hidden.end();

        assertThat(said).isEqualTo(aloud);
    }

    /** The seed is the number of the repetition. */
    @RepeatedTest(200)
    void piecesMakeNoDifference(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        String text = " <think>the secret </ thought</think>\n\nHello <think>there</think>, < you.";
        HiddenReasoning hidden = new HiddenReasoning();
        StringBuilder said = new StringBuilder();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + random.nextInt(1, 9));
            said.append(hidden.aloud(text.substring(from, to)));
            from = to;
        }
        said.append(hidden.end());

        assertThat(said).hasToString("Hello <think>there</think>, < you.");
    }

    @Test
    void nothingIsHeldBackOnceItIsSaidAloud() {
        HiddenReasoning hidden = new HiddenReasoning();

        assertThat(hidden.aloud("H")).isEqualTo("H");
        assertThat(hidden.aloud("<")).isEqualTo("<");
    }
}
