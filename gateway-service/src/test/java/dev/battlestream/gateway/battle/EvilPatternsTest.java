package dev.battlestream.gateway.battle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.battlestream.policy.RegexCost;
import dev.battlestream.testkit.EvilPatterns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No expression holds the gateway up: it is compiled cheaply or refused. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EvilPatternsTest {

    private static final long SEED = Long.getLong("battlestream.patterns.seed", 4711);
    private static final int GENERATED = Integer.getInteger("battlestream.patterns.count", 4_000);

    private static final Duration MOST = Duration.ofSeconds(1);

    static List<String> classics() {
        return EvilPatterns.classics();
    }

    @ParameterizedTest
    @MethodSource("classics")
    void anEvilExpressionIsTakenOrRefusedAtOnce(String pattern) {
        assertDecided(pattern);
    }

    @Test
    void expressionsOfEveryShapeAreTakenOrRefusedAtOnce() {
        long taken =
                EvilPatterns.generated(SEED, GENERATED)
                        .filter(EvilPatternsTest::assertDecided)
                        .count();

        // All taken, or all refused, would show nothing.
        assertThat(taken)
                .as("of %d with seed %d", GENERATED, SEED)
                .isBetween(GENERATED / 10L, GENERATED * 9L / 10);
    }

    /** Answers whether the expression is taken, which it is if it is cheap and can be read. */
    private static boolean assertDecided(String pattern) {
        AtomicReference<StartReading> reading = new AtomicReference<>();
        Duration took =
                EvilPatterns.processorTime(() ->
                        reading.set(
                                StartForm.read(body(pattern), Caps.CONTRACT, AllowedModels.ALL)));

        assertThat(took).as(pattern).isLessThan(MOST);
        boolean taken =
                switch (reading.get()) {
                    case StartReading.Accepted _ -> true;
                    case StartReading.ModelNotAllowed _ -> false;
                    case StartReading.Refused refused -> {
                        assertThat(refused.errors())
                                .extracting(error -> error.field())
                                .containsExactly("judge.validators[0].pattern");
                        yield false;
                    }
                };
        assertThat(taken).as(pattern).isEqualTo(isCheapAndReadable(pattern));
        return taken;
    }

    private static boolean isCheapAndReadable(String pattern) {
        if (pattern.isEmpty() || RegexCost.of(pattern) > RegexCost.MAX_PER_POLICY) {
            return false;
        }
        try {
            Pattern.compile(pattern);
            return true;
        } catch (PatternSyntaxException _) {
            return false;
        }
    }

    @Test
    void twentyCheapExpressionsAreNotTakenTogetherIfTheyAreCostly() {
        List<Map<String, String>> validators =
                Stream.generate(() -> Map.of("type", "regex", "pattern", "(a{30}){30}|b"))
                        .limit(20)
                        .toList();

        assertThat(
                        StartForm.read(
                                Map.of("judge", Map.of("validators", validators)),
                                Caps.CONTRACT,
                                AllowedModels.ALL))
                .isInstanceOfSatisfying(
                        StartReading.Refused.class,
                        refused ->
                                assertThat(refused.errors())
                                        .extracting(error -> error.field())
                                        .containsExactly("judge.validators"));
    }

    private static Map<String, Object> body(String pattern) {
        return Map.of(
                "judge",
                Map.of("validators", List.of(Map.of("type", "regex", "pattern", pattern))));
    }
}
