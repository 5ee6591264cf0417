package dev.battlestream.judge.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.judge.validation.Validation.Settled;
import dev.battlestream.judge.validation.Validation.Undecided;
import dev.battlestream.judge.validation.Validation.Unusable;
import dev.battlestream.policy.RegexCost;
import dev.battlestream.policy.ValidatorCombination;
import dev.battlestream.policy.ValidatorSpec;
import dev.battlestream.policy.ValidatorSpec.Kind;
import dev.battlestream.policy.ValidatorSpec.OnMatch;
import dev.battlestream.policy.ValidatorSpec.OnMismatch;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidatorsTest {

    /** Each letter is a validator that says Pass, Fail or Undecided. */
    @ParameterizedTest
    @CsvSource({
        "ANY, U, U, 1",
        "ANY, P, P, 1",
        "ANY, F, F, 1",
        "ANY, UPF, P, 2",
        "ANY, UFP, F, 2",
        "ANY, PF, P, 1",
        "ANY, UUU, U, 3",
        "ALL, U, U, 1",
        "ALL, P, P, 1",
        "ALL, F, F, 1",
        "ALL, PPP, P, 3",
        "ALL, PPU, U, 3",
        "ALL, UPF, F, 3",
        "ALL, FPP, F, 1",
        "ALL, UUP, U, 3"
    })
    void answersAreCombined(
            ValidatorCombination combine, String validators, String answer, int asked) {
        List<ValidatorSpec> specs =
                validators.chars().mapToObj(letter -> saying((char) letter)).toList();

        Validation validation = Validators.ask(specs, combine, "text");

        List<String> criteria = Collections.nCopies(asked, "validator:contains");
        switch (validation) {
            case Settled settled -> {
                assertThat(settled.passed() ? "P" : "F").isEqualTo(answer);
                assertThat(settled.criteria()).isEqualTo(criteria);
            }
            case Undecided undecided -> {
                assertThat("U").isEqualTo(answer);
                assertThat(undecided.criteria()).isEqualTo(criteria);
            }
            case Unusable unusable -> throw new AssertionError(unusable);
        }
    }

    private static ValidatorSpec saying(char answer) {
        return switch (answer) {
            case 'P' -> Specs.contains("text");
            case 'F' -> Specs.with(Specs.contains("text"), OnMatch.FAIL, OnMismatch.NONE);
            default -> Specs.contains("other");
        };
    }

    @ParameterizedTest
    @CsvSource({
        "PASS, NONE, match, P",
        "FAIL, NONE, match, F",
        "PASS, NONE, other, U",
        "PASS, FAIL, other, F",
        "FAIL, PASS, other, P",
        "PASS, FAIL, match, P"
    })
    void aMatchAndItsAbsenceSettleWhatTheyAreToldTo(
            OnMatch onMatch, OnMismatch onMismatch, String text, String answer) {
        ValidatorSpec spec = Specs.with(Specs.equalTo("match"), onMatch, onMismatch);

        assertThat(answer(ask(text, spec))).isEqualTo(answer);
    }

    @Test
    void aSchemaThatDoesNotMatchCanFailTheTurn() {
        ValidatorSpec spec =
                Specs.with(Specs.schema("{\"required\":[\"id\"]}"), OnMatch.PASS, OnMismatch.FAIL);

        assertThat(ask("{\"id\":1}", spec))
                .isEqualTo(
                        new Settled(
                                true,
                                List.of("validator:jsonSchema"),
                                "Validator 1 (validator:jsonSchema) matched."));
        assertThat(ask("{}", spec))
                .isEqualTo(
                        new Settled(
                                false,
                                List.of("validator:jsonSchema"),
                                "Validator 1 (validator:jsonSchema) did not match."));
    }

    @Test
    void whatNobodyCanLookAtSettlesNothingWhateverAMismatchWould() {
        ValidatorSpec spec = Specs.with(Specs.schema("true"), OnMatch.PASS, OnMismatch.FAIL);

        assertThat(ask("[" + "1,".repeat(9_000) + "1]", spec)).isInstanceOf(Undecided.class);
    }

    @Test
    void withoutValidatorsNothingIsSaid() {
        assertThat(Validators.ask(List.of(), ValidatorCombination.ALL, "text"))
                .isEqualTo(new Undecided(List.of()));
    }

    @Test
    @Timeout(5)
    void sizesAreLookedAtBeforeAnythingThatTakesTimeByThem() {
        assertThat(ask("a", Specs.regex("[" + "[:".repeat(499_000))))
                .isEqualTo(
                        new Unusable("The pattern of validator 1 must have 1 to 1000 characters."));
        assertThat(ask("a", Specs.contains("a".repeat(1_001)))).isInstanceOf(Unusable.class);
        assertThat(ask("a", Specs.equalTo("b".repeat(1_000)))).isInstanceOf(Undecided.class);
    }

    @Test
    void moreThanTwentyValidatorsAreNotAsked() {
        ValidatorSpec[] twenty = new ValidatorSpec[20];
        Arrays.fill(twenty, Specs.contains("a"));
        ValidatorSpec[] more = new ValidatorSpec[21];
        Arrays.fill(more, Specs.contains("a"));

        assertThat(ask("a", twenty)).isInstanceOf(Settled.class);
        assertThat(ask("a", more))
                .isEqualTo(new Unusable("There are 21 validators, at most 20 are allowed."));
    }

    @Test
    void aTypeOfALaterVersionSettlesNothing() {
        ValidatorSpec unknown = ValidatorSpec.of(Kind.UNKNOWN, "", OnMatch.PASS);

        assertThat(ask("anything", unknown)).isEqualTo(new Undecided(List.of("validator:unknown")));
        assertThat(
                        Validators.ask(
                                List.of(Specs.contains("any"), unknown),
                                ValidatorCombination.ALL,
                                "anything"))
                .isInstanceOf(Undecided.class);
    }

    @Test
    void aBrokenExpressionIsExplainedEvenWhenAnEarlierValidatorMatches() {
        assertThat(ask("done", Specs.contains("done"), Specs.regex("(")))
                .isEqualTo(
                        new Unusable(
                                "The pattern of validator 2 is no RE2 regular expression: missing closing )."));
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
        assertThat(ask("aaaa", Specs.regex(pattern)))
                .isInstanceOfSatisfying(
                        Unusable.class,
                        unusable ->
                                assertThat(unusable.detail())
                                        .containsAnyOf("too costly", "too many times"));
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
        assertThat(ask("text", Specs.regex(pattern))).isInstanceOf(Undecided.class);
    }

    @Test
    @Timeout(20)
    void anExpressionThatTripsBacktrackingTakesLinearTime() {
        String text = "a".repeat(100_000) + "!";

        assertThat(ask(text, Specs.regex("^(a+)+$"))).isInstanceOf(Undecided.class);
        assertThat(ask(text, Specs.regex("(a|aa)+(a|a?)+$"))).isInstanceOf(Undecided.class);
    }

    @Test
    void deepNestingIsNoHazard() {
        String pattern = "(".repeat(499) + "a" + ")".repeat(499);

        assertThat(ask("a", Specs.regex(pattern))).isInstanceOf(Settled.class);
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

    private static Validation ask(String text, ValidatorSpec... validators) {
        return Validators.ask(List.of(validators), ValidatorCombination.ANY, text);
    }

    private static String answer(Validation validation) {
        return switch (validation) {
            case Settled settled -> settled.passed() ? "P" : "F";
            case Undecided _ -> "U";
            case Unusable unusable -> throw new AssertionError(unusable);
        };
    }
}
