package dev.battlestream.effects;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultTraceTest {

    @Test
    void itNamesClassesAndPlacesAndQuotesNothing() {
        Throwable fault =
                new IllegalStateException("said: A", new IllegalArgumentException("said: B"));

        assertThat(FaultTrace.of(fault))
                .startsWith("java.lang.IllegalStateException[")
                .contains("caused by java.lang.IllegalArgumentException[")
                .contains("FaultTraceTest.java")
                .doesNotContain("said");
    }

    @Test
    void causesThatCauseEachOtherComeToAnEnd() {
        Throwable one = new IllegalStateException("one");
        Throwable other = new IllegalArgumentException("other", one);
        one.initCause(other);

        assertThat(FaultTrace.of(one)).hasSizeLessThan(20_000);
    }
}
