package dev.battlestream.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexCostTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " costs ",
            value = {
                "a costs 2",
                "[[:alpha:]] costs 2",
                "[[:alpha:][:digit:]x]y costs 3",
                "[[:alpha] costs 2",
                "[]a]b costs 3",
                "[[:a]b[c:]d]e costs 3",
                "\\p{Greek}x costs 3",
                "\\p{Greek costs 8",
                "\\x{263a}\\pN costs 4",
                "\\Qab]\\Ec costs 5",
                "(a{9}){9} costs 121"
            })
    void theCostOfAPatternIsKnownWithoutCompilingIt(String pattern, long cost) {
        assertThat(RegexCost.of(pattern)).isEqualTo(cost);
    }

    /** A search for the missing end at every beginning would take many minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"[:", "\\p{", "\\x{", "{1,", "(", "[", "[^", "\\Q", "{", "\\"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyBeginningsWithoutAnEndTakeTimeInProportionToTheirNumber(String beginning) {
        assertThat(RegexCost.of("[" + beginning.repeat(2_000_000))).isPositive();
        assertThat(RegexCost.of(beginning.repeat(2_000_000))).isPositive();
    }
}
