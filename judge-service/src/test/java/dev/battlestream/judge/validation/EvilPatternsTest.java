package dev.battlestream.judge.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.policy.RegexCost;
import dev.battlestream.policy.ValidatorCombination;
import dev.battlestream.testkit.EvilPatterns;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No expression holds a judge up, on whatever text: it takes time in proportion to its cost times
 * the length of the text, or is not asked at all.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EvilPatternsTest {

    private static final long SEED = Long.getLong("battlestream.patterns.seed", 4711);
    private static final int GENERATED = Integer.getInteger("battlestream.patterns.count", 4_000);

    /** Compiling, and warming up. */
    private static final Duration AT_LEAST = Duration.ofSeconds(1);

    /** Of one instruction at one character; several times what it takes. */
    private static final Duration STEP = Duration.ofNanos(500);

    static List<String> classics() {
        return EvilPatterns.classics();
    }

    @ParameterizedTest
    @MethodSource("classics")
    void anEvilExpressionTakesLinearTimeOrIsNotAsked(String pattern) {
        EvilPatterns.texts(10_000).forEach(text -> assertBounded(pattern, text));
    }

    @Test
    void expressionsOfEveryShapeTakeLinearTimeOrAreNotAsked() {
        List<String> texts = EvilPatterns.texts(400);

        long asked =
                EvilPatterns.generated(SEED, GENERATED)
                        .filter(pattern ->
                                texts.stream()
                                        .map(text -> assertBounded(pattern, text))
                                        .reduce(true, Boolean::logicalAnd))
                        .count();

        assertThat(asked)
                .as("of %d with seed %d", GENERATED, SEED)
                .isBetween(GENERATED / 10L, GENERATED * 9L / 10);
    }

    /** Answers whether the expression is asked. */
    private static boolean assertBounded(String pattern, String text) {
        Validation[] validation = new Validation[1];
        Duration took =
                EvilPatterns.processorTime(() ->
                        validation[0] =
                                Validators.ask(
                                        List.of(Specs.regex(pattern)),
                                        ValidatorCombination.ANY,
                                        text));

        boolean asked = !(validation[0] instanceof Validation.Unusable);
        long steps = asked ? RegexCost.of(pattern) * text.length() : 0;
        assertThat(steps).as(pattern).isLessThanOrEqualTo(RegexCost.MAX_PER_POLICY * text.length());
        assertThat(took).as(pattern).isLessThan(AT_LEAST.plus(STEP.multipliedBy(steps)));
        return asked;
    }
}
