package dev.battlestream.local.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void everyColumnIsAsWideAsItsWidestCell() {
        Table table =
                new Table(
                        List.of("battle", "turns"),
                        List.of(List.of("ü ✓ goal", "4"), List.of("x", "25")));

        assertThat(table.lines())
                .containsExactly(
                        "battle    turns", "────────  ─────", "ü ✓ goal  4", "x         25");
    }

    @Test
    void aTableWithoutRowsIsItsHeader() {
        assertThat(new Table(List.of("a"), List.of()).lines()).containsExactly("a", "─");
    }

    @Test
    void aRowWithAnotherNumberOfCellsIsRefused() {
        assertThatThrownBy(() -> new Table(List.of("a", "b"), List.of(List.of("1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void durationsReadAsPeopleSayThem() {
        assertThat(Figures.duration(Duration.ofMillis(440))).isEqualTo("0.4 s");
        assertThat(Figures.duration(Duration.ofSeconds(12))).isEqualTo("12 s");
        assertThat(Figures.duration(Duration.ofSeconds(185))).isEqualTo("3 min 5 s");
        assertThat(Figures.duration(Duration.ofMinutes(124))).isEqualTo("2 h 4 min");
    }

    @Test
    void aLongTextIsCutBetweenCharactersAndPutOnOneLine() {
        assertThat(Figures.oneLine(" a\n b\tc ", 10)).isEqualTo("a b c");
        assertThat(Figures.oneLine("🙂🙂🙂🙂", 3)).isEqualTo("🙂🙂…");
    }
}
