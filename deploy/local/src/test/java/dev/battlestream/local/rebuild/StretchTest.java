package dev.battlestream.local.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.local.report.Place;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StretchTest {

    private static final Place ONE = new Place("battle.turns", 0);
    private static final Place OTHER = new Place("battle.turns", 1);

    private final Stretch stretch =
            new Stretch(Map.of(ONE, new Stretch.Span(10, 30), OTHER, new Stretch.Span(0, 5)));

    @Test
    void nothingIsFoldedWhereNothingHasBeenRead() {
        assertThat(stretch.total()).isEqualTo(25);
        assertThat(stretch.folded(Map.of())).isZero();
        assertThat(stretch.isFolded(Map.of())).isFalse();
    }

    @Test
    void whatIsReadBeyondItDoesNotCount() {
        assertThat(stretch.folded(Map.of(ONE, 1_000L))).isEqualTo(20);
        assertThat(stretch.isFolded(Map.of(ONE, 1_000L))).isFalse();
        assertThat(stretch.isFolded(Map.of(ONE, 30L, OTHER, 5L))).isTrue();
    }

    @Test
    void whatWasDeletedBeforeItDoesNotCount() {
        assertThat(stretch.folded(Map.of(ONE, 4L))).isZero();
    }

    @Test
    void anEmptyOneIsFolded() {
        Stretch empty = new Stretch(Map.of(ONE, new Stretch.Span(7, 7)));

        assertThat(empty.total()).isZero();
        assertThat(empty.isFolded(Map.of())).isTrue();
    }

    @Test
    void aSpanDoesNotGoBack() {
        assertThatThrownBy(() -> new Stretch.Span(3, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
