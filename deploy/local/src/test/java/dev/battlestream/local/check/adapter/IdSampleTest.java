package dev.battlestream.local.check.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdSampleTest {

    @Test
    void fewIdsAreAllTaken() {
        IdSample sample = new IdSample(10, "salt");
        sample.add("a");
        sample.add("b");
        sample.add("a");

        assertThat(sample.ids()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void ofManyAsManyAsWantedAreTakenWhateverTheirOrderAndHoweverOftenTheyCome() {
        IdSample sample = new IdSample(10, "salt");
        IntStream.range(0, 1_000).forEach(id -> sample.add("battle-" + id));
        IdSample again = new IdSample(10, "salt");
        IntStream.range(0, 2_000).forEach(id -> again.add("battle-" + (1_999 - id) % 1_000));

        assertThat(sample.ids()).hasSize(10).isEqualTo(again.ids());
    }

    @Test
    void anotherSaltDrawsOthers() {
        IdSample sample = new IdSample(10, "salt");
        IdSample other = new IdSample(10, "pepper");
        IntStream.range(0, 1_000)
                .forEach(id -> {
                    sample.add("battle-" + id);
                    other.add("battle-" + id);
                });

        assertThat(sample.ids()).isNotEqualTo(other.ids());
    }
}
