package dev.battlestream.gateway.battle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexCostTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GOAL-REACHED",
                "(?i)order\\s+#?\\d{4,12}",
                "^[\\w.+-]{1,64}@[\\w-]{1,63}(\\.[\\w-]{2,63}){1,8}$",
                "[^]{]{3}",
                "\\Qa{1000}{1000}\\E",
                "\\x{1F600}{3}",
                "a{1000}"
            })
    void whatPeopleWriteIsCheap(String pattern) {
        assertThat(RegexCost.of(pattern)).isLessThanOrEqualTo(RegexCost.MOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a{1000}){1000}",
                "((a{100}){100}){100}",
                "(((((((a{10}){10}){10}){10}){10}){10}){10}){10}",
                "(?:x{500}|y{500}){20}",
                "(a{0,1000}){0,1000}",
                "([0-9]{99,}){99,}",
                "((((((((((((((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}){9}"
            })
    void whatWouldFillTheMemoryIsNot(String pattern) {
        assertThat(RegexCost.of(pattern)).isGreaterThan(RegexCost.MOST);
    }

    @RepeatedTest(300)
    void noPatternThatPassesCompilesToMuchMoreThanItsCost(RepetitionInfo repetition) {
        String pattern = random(new Random(repetition.getCurrentRepetition()), 4);
        if (RegexCost.of(pattern) <= RegexCost.MOST) {
            assertThat(Pattern.compile(pattern).programSize())
                    .as(pattern)
                    .isLessThanOrEqualTo((int) (4 * RegexCost.of(pattern) + 20));
        }
    }

    private static String random(Random random, int depth) {
        if (depth == 0) {
            return switch (random.nextInt(6)) {
                case 0 -> "a";
                case 1 -> "[b-d{}(]";
                case 2 -> "\\d";
                case 3 -> "\\{";
                case 4 -> "\\x{41}";
                default -> "\\pL";
            };
        }
        String inner = random(random, depth - 1);
        return switch (random.nextInt(5)) {
            case 0 -> inner + random(random, depth - 1);
            case 1 -> "(" + inner + "|" + random(random, depth - 1) + ")";
            case 2 -> "(" + inner + "){" + random.nextInt(40) + "}";
            case 3 ->
                    "(?:"
                            + inner
                            + "){"
                            + random.nextInt(10)
                            + ","
                            + (10 + random.nextInt(20))
                            + "}";
            default -> "(" + inner + ")*";
        };
    }
}
