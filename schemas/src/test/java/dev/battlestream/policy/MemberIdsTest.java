package dev.battlestream.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberIdsTest {

    private static final UUID RUN = UUID.fromString("0198f3c2-6f0a-7c55-9a55-0d6c2f1e7b12");

    @Test
    void theIdIsTheOneOfTheContract() {
        assertThat(MemberIds.of(RUN, 1)).hasToString("73d931a7-033e-8f02-9fc7-f31700000001");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 100_000, Integer.MAX_VALUE})
    void thePlaceCanBeReadOffTheId(int index) {
        UUID member = MemberIds.of(RUN, index);

        assertThat(member.version()).isEqualTo(8);
        assertThat(member.variant()).isEqualTo(2);
        assertThat(MemberIds.index(RUN, member)).hasValue(index);
    }

    @Test
    void noTwoMembersOfAnyRunsShareAnId() {
        Set<UUID> ids = new HashSet<>();
        for (int run = 0; run < 100; run++) {
            UUID runId = new UUID(RUN.getMostSignificantBits(), run);
            for (int index = 1; index <= 100; index++) {
                ids.add(MemberIds.of(runId, index));
            }
        }

        assertThat(ids).hasSize(10_000);
    }

    @Test
    void aBattleOfAnotherRunHasNoPlace() {
        UUID other = UUID.fromString("0198f3c2-6f0a-7c55-9a55-0d6c2f1e7b13");

        assertThat(MemberIds.index(RUN, MemberIds.of(other, 1))).isEqualTo(OptionalInt.empty());
        assertThat(MemberIds.index(RUN, RUN)).isEqualTo(OptionalInt.empty());
        assertThat(MemberIds.index(RUN, new UUID(0, 0))).isEqualTo(OptionalInt.empty());
    }

    @Test
    void placesCountFromOne() {
        assertThatThrownBy(() -> MemberIds.of(RUN, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
