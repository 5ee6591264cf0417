package dev.battlestream.judge.judging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeAnswerTest {

    @Test
    void theObjectThatWasAskedForIsRead() {
        assertThat(
                        JudgeAnswer.parse(
                                "{\"verdict\":\"yes\",\"confidence\":0.9,\"reason\":\"It is booked.\"}"))
                .isEqualTo(new JudgeAnswer(Verdict.YES, 0.9, "It is booked."));
    }

    @Test
    void anObjectAmongOtherTextIsFound() {
        String answer =
                """
                <think>The format is {"verdict": "yes" | "no"}. Hm {really}.</think>
                ```json
                {"verdict": "No", "confidence": 0.75, "reason": "It said {\\"verdict\\":\\"yes\\"}."}
                ```
                """;

        assertThat(JudgeAnswer.parse(answer))
                .isEqualTo(new JudgeAnswer(Verdict.NO, 0.75, "It said {\"verdict\":\"yes\"}."));
    }

    @Test
    void objectsThatDisagreeLeaveTheMatterOpen() {
        assertThat(JudgeAnswer.parse("{\"verdict\":\"yes\"} or rather {\"verdict\":\"no\"}"))
                .isEqualTo(new JudgeAnswer(Verdict.UNCERTAIN, 0, "contradictory answer"));
    }

    @ParameterizedTest
    @CsvSource({"7, 1.0", "-1, 0.0", "1e400, 1.0", "\"high\", 0.5", "null, 0.5"})
    void aConfidenceOutOfRangeIsBroughtIntoIt(String confidence, double read) {
        String answer = "{\"verdict\":\"yes\",\"confidence\":%s}".formatted(confidence);

        assertThat(JudgeAnswer.parse(answer).confidence()).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yes | YES",
                "Yes. | YES",
                "**No** | NO",
                "NO, the order is still open. | NO",
                "Verdict: uncertain | UNCERTAIN",
                "Final answer: \"yes\" | YES",
                "> no - not yet | NO"
            })
    void aPlainWordIsRead(String answer, Verdict verdict) {
        assertThat(JudgeAnswer.parse(answer).verdict()).isEqualTo(verdict);
        assertThat(JudgeAnswer.parse(answer).confidence()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "I would say that depends.",
                "No problem at all: it has been booked.",
                "{\"verdict\":\"maybe\"}",
                "{\"verdict\":",
                "{{{{{{{{",
                "[1,2]",
                "nothing yesterday"
            })
    void whatSaysNeitherIsUncertain(String answer) {
        assertThat(JudgeAnswer.parse(answer))
                .isEqualTo(new JudgeAnswer(Verdict.UNCERTAIN, 0, "unreadable answer"));
    }

    @Test
    void plainWordsThatDisagreeLeaveTheMatterOpen() {
        assertThat(JudgeAnswer.parse("Yes.\nNo, wait.").verdict()).isEqualTo(Verdict.UNCERTAIN);
    }

    @Test
    void anAnswerMadeToHurtIsReadInTimeAndSize() {
        String deep = "{\"a\":".repeat(100_000);
        String longReason = "{\"verdict\":\"no\",\"reason\":\"" + "x".repeat(20_000) + "\"}";

        assertThat(JudgeAnswer.parse(deep).verdict()).isEqualTo(Verdict.UNCERTAIN);
        assertThat(JudgeAnswer.parse(longReason).reason()).hasSize(JudgeAnswer.MAX_REASON);
    }
}
