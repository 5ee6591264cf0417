package dev.battlestream.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ViewerPlacesTest {

    private final ViewerPlaces places = new ViewerPlaces(2, 3);

    @Test
    void oneClientTakesNoMoreThanItsShare() {
        assertThat(places.enter("a")).isTrue();
        assertThat(places.enter("a")).isTrue();
        assertThat(places.enter("a")).isFalse();
        assertThat(places.enter("b")).isTrue();
        assertThat(places.enter("c")).as("all places are taken").isFalse();
        assertThat(places.taken()).isEqualTo(3);
    }

    @Test
    void aPlaceThatIsLeftIsFree() {
        places.enter("a");
        places.enter("a");
        places.leave("a");

        assertThat(places.enter("a")).isTrue();
        places.leave("a");
        places.leave("a");
        assertThat(places.taken()).isZero();
    }

    @Test
    void whoNeverEnteredCannotLeave() {
        assertThatThrownBy(() -> places.leave("a")).isInstanceOf(IllegalStateException.class);
    }
}
