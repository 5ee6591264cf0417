package dev.battlestream.judge.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.judge.judging.JudgeAnswer.Reading;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeAnswerTest {

    private static final String OBJECT =
            "{\"verdict\":\"yes\",\"confidence\":0.9,\"progress\":1,\"reason\":\"It is booked.\"}";

    @Test
    void theObjectThatWasAskedForIsRead() {
        assertThat(JudgeAnswer.read(OBJECT))
                .isEqualTo(
                        new Reading.Usable(
                                new JudgeAnswer(
                                        Verdict.YES, 0.9, Optional.of(1.0), "It is booked.")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n %s \n", "```json\n%s\n```", "```\n%s\n```", " ```json\n%s\n``` "})
    void whiteSpaceAndOneFenceAroundItAreNoHarm(String form) {
        assertThat(JudgeAnswer.read(form.formatted(OBJECT))).isInstanceOf(Reading.Usable.class);
    }

    @ParameterizedTest
    @CsvSource({"YES, YES", "No, NO", "uncertain, UNCERTAIN"})
    void theVerdictIsReadInAnyCase(String word, Verdict verdict) {
        String answer =
                "{\"verdict\":\"%s\",\"confidence\":0,\"progress\":null,\"reason\":\"So.\"}"
                        .formatted(word);

        assertThat(JudgeAnswer.read(answer))
                .isEqualTo(
                        new Reading.Usable(new JudgeAnswer(verdict, 0, Optional.empty(), "So.")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | It is not one JSON object and nothing else.",
                "yes | It is not one JSON object and nothing else.",
                "[1] | It is not one JSON object and nothing else.",
                "Verdict: {\"verdict\":\"yes\",\"confidence\":1,\"reason\":\"x\"} | It is not one JSON object and nothing else.",
                "{\"verdict\":\"yes\",\"confidence\":1,\"reason\":\"x\"} {\"verdict\":\"no\"} | It is not one JSON object and nothing else.",
                "{\"verdict\":\"no\",\"verdict\":\"yes\",\"confidence\":1,\"reason\":\"x\"} | It is not one JSON object and nothing else.",
                "{} | Its member verdict is none of \"yes\", \"no\" and \"uncertain\".",
                "{\"verdict\":true,\"confidence\":1,\"reason\":\"x\"} | Its member verdict is none of \"yes\", \"no\" and \"uncertain\".",
                "{\"verdict\":\"maybe\"} | Its member verdict is none of \"yes\", \"no\" and \"uncertain\".",
                "{\"verdict\":\"yes\",\"reason\":\"x\"} | Its member confidence is no number from 0 to 1.",
                "{\"verdict\":\"yes\",\"confidence\":95,\"reason\":\"x\"} | Its member confidence is no number from 0 to 1.",
                "{\"verdict\":\"yes\",\"confidence\":\"high\",\"reason\":\"x\"} | Its member confidence is no number from 0 to 1.",
                "{\"verdict\":\"yes\",\"confidence\":1,\"progress\":2,\"reason\":\"x\"} | Its member progress is neither a number from 0 to 1 nor null.",
                "{\"verdict\":\"yes\",\"confidence\":1} | Its member reason is no text.",
                "{\"verdict\":\"yes\",\"confidence\":1,\"reason\":\" \"} | Its member reason is no text."
            })
    void anythingElseIsNoAnswerAndTheModelIsToldWhy(String answer, String problem) {
        assertThat(JudgeAnswer.read(answer)).isEqualTo(new Reading.Unusable(problem));
    }

    @Test
    void aVerdictInsideOfTheReasonIsPartOfTheReason() {
        String answer =
                "{\"verdict\":\"no\",\"confidence\":0.8,\"reason\":\"It says {\\\"verdict\\\":\\\"yes\\\"}.\"}";

        assertThat(JudgeAnswer.read(answer))
                .isInstanceOfSatisfying(
                        Reading.Usable.class,
                        usable -> assertThat(usable.answer().verdict()).isEqualTo(Verdict.NO));
    }

    @Test
    void anAnswerMadeToHurtIsReadInTimeAndSize() {
        String deep = "{\"a\":".repeat(6_000);
        String longReason =
                "{\"verdict\":\"no\",\"confidence\":1,\"reason\":\"" + "x".repeat(20_000) + "\"}";

        assertThat(JudgeAnswer.read(deep)).isInstanceOf(Reading.Unusable.class);
        assertThat(JudgeAnswer.read("x".repeat(40_000)))
                .isEqualTo(new Reading.Unusable("It is too long."));
        assertThat(JudgeAnswer.read(longReason))
                .isInstanceOfSatisfying(
                        Reading.Usable.class,
                        usable ->
                                assertThat(usable.answer().reason())
                                        .hasSize(JudgeAnswer.MAX_REASON));
    }
}
