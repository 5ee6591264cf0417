package dev.battlestream.gateway.battle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.battle.RecentStarts.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentStartsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final UUID ONE = new UUID(0, 1);

    private final RecentStarts starts = new RecentStarts(3, Duration.ofMinutes(10));

    @Test
    void theFirstClaimIsFreshAndTheNextIsUnderWayUntilItIsAccepted() {
        assertThat(starts.claim(ONE, "body", NOW)).isEqualTo(Claim.FRESH);
        assertThat(starts.claim(ONE, "body", NOW)).isEqualTo(Claim.UNDER_WAY);
        assertThat(starts.acceptedAt(ONE, NOW)).as("not in the log yet").isEmpty();

        starts.accepted(ONE);

        assertThat(starts.claim(ONE, "body", NOW)).isEqualTo(Claim.SAME);
        assertThat(starts.acceptedAt(ONE, NOW)).contains(NOW);
    }

    @Test
    void anotherBodyUnderTheSameIdIsDifferent() {
        starts.claim(ONE, "body", NOW);

        assertThat(starts.claim(ONE, "other", NOW)).isEqualTo(Claim.DIFFERENT);
    }

    @Test
    void aReleasedIdCanBeClaimedAgainAndAnAcceptedOneIsKept() {
        starts.claim(ONE, "body", NOW);
        starts.release(ONE);
        assertThat(starts.claim(ONE, "other", NOW)).isEqualTo(Claim.FRESH);

        starts.accepted(ONE);
        starts.release(ONE);
        assertThat(starts.claim(ONE, "other", NOW)).isEqualTo(Claim.SAME);
    }

    @Test
    void theOldestIsForgottenWhenThereIsNoRoom() {
        for (int i = 1; i <= 4; i++) {
            starts.claim(new UUID(0, i), "body", NOW);
            starts.accepted(new UUID(0, i));
        }

        assertThat(starts.claim(ONE, "other", NOW)).isEqualTo(Claim.FRESH);
        assertThat(starts.claim(new UUID(0, 4), "body", NOW)).isEqualTo(Claim.SAME);
    }

    @Test
    void aStartIsForgottenWithTime() {
        starts.claim(ONE, "body", NOW);
        starts.accepted(ONE);

        assertThat(starts.acceptedAt(ONE, NOW.plus(Duration.ofMinutes(10)))).contains(NOW);
        assertThat(starts.acceptedAt(ONE, NOW.plus(Duration.ofMinutes(11)))).isEmpty();
    }
}
