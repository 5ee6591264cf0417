package dev.battlestream.report.battle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void aRunningBattleIsNeverComplete() {
        Page<Message> page = Page.ofMessages(running(2), 0, messages(1, 2));

        assertThat(page.next()).isEqualTo(2);
        assertThat(page.total()).isEqualTo(2);
        assertThat(page.complete()).isFalse();
    }

    @Test
    void anEmptyPageStaysWhereItIs() {
        Page<Message> page = Page.ofMessages(running(2), 2, List.of());

        assertThat(page.next()).isEqualTo(2);
        assertThat(page.rows()).isEmpty();
    }

    @Test
    void aMiddlePageOfAnEndedBattleIsNotComplete() {
        Page<Message> page = Page.ofMessages(ended(3), 0, messages(1, 2));

        assertThat(page.total()).isEqualTo(3);
        assertThat(page.complete()).isFalse();
    }

    @Test
    void theLastPageOfAnEndedBattleIsComplete() {
        assertThat(Page.ofMessages(ended(3), 2, messages(3, 3)).complete()).isTrue();
        assertThat(Page.ofMessages(ended(3), 3, List.of()).complete()).isTrue();
        assertThat(Page.ofMessages(ended(0), 0, List.of()).complete()).isTrue();
    }

    @Test
    void surplusRowsAreNotShown() {
        Page<Message> page = Page.ofMessages(ended(2), 0, messages(1, 3));

        assertThat(page.rows()).extracting(Message::seq).containsExactly(1, 2);
        assertThat(page.complete()).isTrue();
    }

    @Test
    void failedTurnsAreNotShown() {
        List<Message> rows = List.of(Story.message(1, 1, Speaker.AGENT, "", true));

        assertThat(Page.ofMessages(running(0), 0, rows).rows()).isEmpty();
    }

    @Test
    void aRowThatIsThereBeforeItsStatusCounts() {
        assertThat(Page.ofMessages(running(1), 1, messages(2, 2)).total()).isEqualTo(2);
    }

    @Test
    void verdictsArePagedByTurn() {
        Page<Verdict> page = Page.ofVerdicts(ended(2), 1, List.of(Story.verdict(2, 3)));

        assertThat(page.next()).isEqualTo(2);
        assertThat(page.complete()).isTrue();
    }

    private static List<Message> messages(int from, int to) {
        return java.util.stream.IntStream.rangeClosed(from, to)
                .mapToObj(seq -> Story.message(seq, seq, Speaker.AGENT, "text", false))
                .toList();
    }

    private static BattleStatus running(int messages) {
        Folded folded = BattleStatusFold.fold(null, "battle", Story.requested(), Instant.EPOCH);
        for (int seq = 1; seq <= messages; seq++) {
            folded = then(folded, Story.agent(seq, seq));
        }
        return status(folded);
    }

    private static BattleStatus ended(int messages) {
        return status(
                BattleStatusFold.fold(
                        running(messages),
                        "battle",
                        Story.ended(EndReason.LIMIT, messages, messages, messages),
                        Instant.EPOCH));
    }

    private static Folded then(Folded before, BattleEvent event) {
        return BattleStatusFold.fold(status(before), "battle", event, Instant.EPOCH);
    }

    private static BattleStatus status(Folded folded) {
        if (folded instanceof Folded.Kept(var status)) {
            return status;
        }
        throw new AssertionError(folded);
    }
}
