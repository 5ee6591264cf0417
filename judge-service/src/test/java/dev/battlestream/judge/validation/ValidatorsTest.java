package dev.battlestream.judge.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.judge.judging.Validator.Contains;
import dev.battlestream.judge.judging.Validator.Equals;
import dev.battlestream.judge.judging.Validator.OnMatch;
import dev.battlestream.judge.judging.Validator.Regex;
import dev.battlestream.judge.judging.Validator.Unknown;
import dev.battlestream.judge.judging.Validators.Outcome.Settled;
import dev.battlestream.judge.judging.Validators.Outcome.Unsettled;
import dev.battlestream.judge.judging.Validators.Outcome.Unusable;
import dev.battlestream.policy.RegexCost;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidatorsTest {

    @Test
    void aMatchThatPassesSaysYesForCertain() {
        var outcome = ask("Order 4711 is done", new Regex("order \\d{4}", OnMatch.PASS));

        assertThat(outcome).isEqualTo(new Unsettled(List.of("validator:regex")));
        assertThat(ask("Order 4711 is done", new Regex("Order \\d{4}", OnMatch.PASS)))
                .isInstanceOfSatisfying(
                        Settled.class,
                        settled -> {
                            assertThat(settled.verdict().verdict()).isEqualTo(Verdict.YES);
                            assertThat(settled.verdict().confidence()).isEqualTo(1.0);
                            assertThat(settled.verdict().stage()).isEqualTo(Stage.VALIDATOR);
                            assertThat(settled.verdict().model()).isNull();
                            assertThat(settled.verdict().cost()).isEqualTo(StageVerdict.Cost.NONE);
                        });
    }

    @Test
    void aMatchThatFailsSaysNo() {
        assertThat(ask("I cannot help", new Contains("cannot", OnMatch.FAIL)))
                .isInstanceOfSatisfying(
                        Settled.class,
                        settled -> assertThat(settled.verdict().verdict()).isEqualTo(Verdict.NO));
    }

    @Test
    void equalsIgnoresWhiteSpaceAroundTheMessage() {
        assertThat(ask(" 42\n", new Equals("42", OnMatch.PASS))).isInstanceOf(Settled.class);
        assertThat(ask("42!", new Equals("42", OnMatch.PASS))).isInstanceOf(Unsettled.class);
    }

    @Test
    void containsTakesItsTextLiterally() {
        assertThat(ask("a+b", new Contains("a+b", OnMatch.PASS))).isInstanceOf(Settled.class);
        assertThat(ask("aab", new Contains("a+b", OnMatch.PASS))).isInstanceOf(Unsettled.class);
    }

    @Test
    @Timeout(5)
    void sizesAreLookedAtBeforeAnythingThatTakesTimeByThem() {
        assertThat(ask("a", new Regex("[" + "[:".repeat(499_000), OnMatch.PASS)))
                .isEqualTo(
                        new Unusable(
                                "The pattern of validator 1 has 998001 characters, at most 1000 are allowed."));
        assertThat(ask("a", new Contains("a".repeat(1_001), OnMatch.PASS)))
                .isInstanceOf(Unusable.class);
        assertThat(ask("a", new Equals("b".repeat(1_000), OnMatch.PASS)))
                .isInstanceOf(Unsettled.class);
    }

    @Test
    void moreThanTwentyValidatorsAreNotAsked() {
        Validator one = new Contains("a", OnMatch.PASS);

        assertThat(Validators.ask(Collections.nCopies(20, one), "a")).isInstanceOf(Settled.class);
        assertThat(Validators.ask(Collections.nCopies(21, one), "a"))
                .isEqualTo(new Unusable("There are 21 validators, at most 20 are allowed."));
    }

    @Test
    void theFirstThatMatchesDecidesAndAllAskedSoFarAreNamed() {
        var outcome =
                ask(
                        "done",
                        new Equals("finished", OnMatch.PASS),
                        new Contains("done", OnMatch.FAIL),
                        new Regex("done", OnMatch.PASS));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Settled.class,
                        settled -> {
                            assertThat(settled.criteria())
                                    .containsExactly("validator:equals", "validator:contains");
                            assertThat(settled.verdict().verdict()).isEqualTo(Verdict.NO);
                        });
    }

    @Test
    void aTypeOfALaterVersionNeverMatches() {
        assertThat(ask("anything", new Unknown(OnMatch.PASS)))
                .isEqualTo(new Unsettled(List.of("validator:unknown")));
    }

    @Test
    void aBrokenExpressionIsExplainedEvenWhenAnEarlierValidatorMatches() {
        var outcome = ask("done", new Contains("done", OnMatch.PASS), new Regex("(", OnMatch.PASS));

        assertThat(outcome)
                .isEqualTo(
                        new Unusable(
                                "Validator 2 is no RE2 regular expression: missing closing )."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{900}){900}){900}",
                "(?:(?:x{50}){50}){2}",
                "(a{99}b{99}){99}",
                "((a*){999}){999}",
                "([[:alpha:]\\]{1}]{999}){999}",
                "(\\x{41}{999}){999}",
                "(\\Q(((\\E{999}){999}",
                "((((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}){9}"
            })
    void anExpressionThatWouldExhaustTheMemoryIsRefusedUncompiled(String pattern) {
        assertThat(ask("aaaa", new Regex(pattern, OnMatch.PASS)))
                .isInstanceOfSatisfying(
                        Unusable.class,
                        unusable -> assertThat(unusable.detail()).contains("too costly"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\d{4}-\\d{2}-\\d{2}",
                "(?i)order (number )?[a-z0-9]{8,12}",
                "^\\p{Lu}[^]\\[{}]+\\x{1F600}?$",
                "[]({]{1,3}|a.{0,500}z",
                "\\Q{1000}\\E",
                "[[:alpha:]_-]{2,64}@[^@ ]{1,255}"
            })
    void anOrdinaryExpressionIsNotRefused(String pattern) {
        assertThat(ask("text", new Regex(pattern, OnMatch.PASS))).isInstanceOf(Unsettled.class);
    }

    @Test
    @Timeout(20)
    void anExpressionThatTripsBacktrackingTakesLinearTime() {
        String text = "a".repeat(100_000) + "!";

        assertThat(ask(text, new Regex("^(a+)+$", OnMatch.PASS))).isInstanceOf(Unsettled.class);
        assertThat(ask(text, new Regex("(a|aa)+(a|a?)+$", OnMatch.PASS)))
                .isInstanceOf(Unsettled.class);
    }

    @Test
    void deepNestingIsNoHazard() {
        String pattern = "(".repeat(499) + "a" + ")".repeat(499);

        assertThat(ask("a", new Regex(pattern, OnMatch.PASS))).isInstanceOf(Settled.class);
    }

    @Test
    void anEstimateIsNeverBelowWhatIsCompiled() {
        for (String pattern :
                List.of(
                        "a{100}",
                        "(ab){50}",
                        "(a|b|c){40}",
                        "a{0,200}",
                        "a{3,}",
                        "(a{9}){9}",
                        "(?:a+b*c?){30}",
                        "[a-z]{77}",
                        "((x{3}y){4}z){5}",
                        "\\Qabc\\E{20}")) {
            assertThat(RegexCost.of(pattern))
                    .as(pattern)
                    .isGreaterThanOrEqualTo(
                            com.google.re2j.Pattern.compile(pattern).programSize() / 2);
        }
    }

    private static Validators.Outcome ask(String text, Validator... validators) {
        return Validators.ask(List.of(validators), text);
    }
}
