package dev.battlestream.report.battle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PendingDeltasTest {

    private final PendingDeltas pending = new PendingDeltas(10);

    @Test
    void piecesThatFollowEachOtherAreJoined() {
        pending.offer(text(3, 1, 0, 0, "ab"));
        pending.offer(text(3, 1, 1, 2, "cd"));
        pending.offer(text(3, 1, 2, 4, "e"));

        assertThat(pending.take(3)).containsExactly(text(3, 1, 2, 0, "abcde"));
        assertThat(pending.take(3)).isEmpty();
    }

    @Test
    void piecesWithAHoleBetweenThemStayApart() {
        pending.offer(text(3, 1, 0, 0, "ab"));
        pending.offer(text(3, 1, 2, 4, "e"));

        assertThat(pending.take(3)).containsExactly(text(3, 1, 0, 0, "ab"), text(3, 1, 2, 4, "e"));
    }

    @Test
    void aRetryAndAnotherAttemptStayApart() {
        Delta.Retry retry = new Delta.Retry(3, 3, 1, 1);
        pending.offer(text(3, 1, 0, 0, "ab"));
        pending.offer(retry);
        pending.offer(text(3, 1, 2, 0, "c"));
        pending.offer(text(3, 2, 0, 1, "d"));

        assertThat(pending.take(3))
                .containsExactly(
                        text(3, 1, 0, 0, "ab"),
                        retry,
                        text(3, 1, 2, 0, "c"),
                        text(3, 2, 0, 1, "d"));
    }

    @Test
    void whatBelongsToALaterMessageWaitsAndWhatCameTooLateIsForgotten() {
        pending.offer(text(3, 1, 0, 0, "ab"));
        pending.offer(text(4, 1, 0, 0, "cd"));

        assertThat(pending.take(2)).isEmpty();
        assertThat(pending.take(4)).containsExactly(text(4, 1, 0, 0, "cd"));
        assertThat(pending.take(3)).isEmpty();
    }

    @Test
    void theOldestGoesWhenMoreComesThanMayWait() {
        assertThat(pending.offer(text(3, 1, 0, 0, "123456"))).isZero();
        assertThat(pending.offer(text(3, 1, 1, 6, "7890"))).isZero();
        assertThat(pending.offer(text(3, 1, 2, 10, "x"))).isEqualTo(1);

        assertThat(pending.take(3)).containsExactly(text(3, 1, 2, 6, "7890x"));
    }

    @Test
    void oneThatIsLargerThanAllThatMayWaitIsKeptAlone() {
        pending.offer(text(3, 1, 0, 0, "1"));

        assertThat(pending.offer(text(3, 1, 1, 1, "1234567890123"))).isEqualTo(1);
        assertThat(pending.take(3)).hasSize(1);
    }

    @Test
    void retriesDoNotPileUp() {
        for (int index = 0; index < 10 * PendingDeltas.MOST; index++) {
            pending.offer(new Delta.Retry(3, 3, 1, index));
        }

        List<Delta> left = pending.take(3);
        assertThat(left).hasSize(PendingDeltas.MOST);
        assertThat(left.getLast().index()).isEqualTo(10 * PendingDeltas.MOST - 1);
    }

    private static Delta.Text text(int seq, int attempt, int index, int offset, String text) {
        return new Delta.Text(seq, seq, attempt, index, offset, text);
    }
}
