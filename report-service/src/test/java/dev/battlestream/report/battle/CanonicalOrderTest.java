package dev.battlestream.report.battle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.battlestream.report.battle.CanonicalOrder.Step;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CanonicalOrderTest {

    private final Rows rows = new Rows();

    @Test
    void nothingIsToldBeforeTheFirstMessage() {
        rows.verdict(1, 1);

        assertThat(next(Cursor.START, null)).isEqualTo(new Step.Await());
    }

    @Test
    void aMessageOfTheAgentIsFollowedByItsVerdict() {
        rows.agent(1, 1).verdict(1, 1).agent(2, 2);

        assertThat(next(Cursor.START, null)).isEqualTo(new Step.Tell(rows.told(1), new Cursor(2)));
        assertThat(next(new Cursor(2), null))
                .isEqualTo(new Step.TellVerdict(rows.toldOn(1), new Cursor(3)));
        assertThat(next(new Cursor(3), null)).isEqualTo(new Step.Tell(rows.told(2), new Cursor(4)));
    }

    @Test
    void theNextMessageWaitsForTheVerdictOnTheLast() {
        rows.agent(1, 1).opponent(2, 1);

        assertThat(next(new Cursor(2), null)).isEqualTo(new Step.Await());
    }

    @Test
    void aMessageOfTheOpponentHasNoVerdict() {
        rows.agent(1, 1).verdict(1, 1).opponent(2, 1).agent(3, 2);

        assertThat(next(new Cursor(4), null)).isEqualTo(new Step.Tell(rows.told(3), new Cursor(6)));
    }

    @Test
    void aVerdictThatTheOutcomeDoesNotCountIsNotAwaited() {
        rows.agent(1, 1);

        assertThat(next(new Cursor(2), ending(1, 0))).isEqualTo(new Step.Finish());
    }

    @Test
    void theEndIsToldAfterTheLastVerdictAndNotBefore() {
        rows.agent(1, 1);

        assertThat(next(new Cursor(2), ending(1, 1))).isEqualTo(new Step.Await());
        rows.verdict(1, 1);
        assertThat(next(new Cursor(2), ending(1, 1))).isInstanceOf(Step.TellVerdict.class);
        assertThat(next(new Cursor(3), ending(1, 1))).isEqualTo(new Step.Finish());
    }

    @Test
    void aMessageBeyondTheOutcomeIsNotTold() {
        rows.agent(1, 1).verdict(1, 1).agent(2, 2);

        assertThat(next(new Cursor(3), ending(1, 1))).isEqualTo(new Step.Finish());
    }

    @Test
    void aFollowerThatWasToldASurplusMessageIsTakenToTheEnd() {
        rows.agent(1, 1).verdict(1, 1);

        assertThat(next(new Cursor(4), ending(1, 1))).isEqualTo(new Step.Finish());
    }

    @Test
    void aFailedTurnIsNotTold() {
        rows.failed(1, 1);

        assertThat(next(Cursor.START, null)).isEqualTo(new Step.Await());
        assertThat(next(Cursor.START, ending(0, 0))).isEqualTo(new Step.Finish());
    }

    @Test
    void aCursorOutOfRangeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cursor(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cursor(Long.MAX_VALUE));
    }

    private Step next(Cursor cursor, @Nullable Ending ending) {
        return CanonicalOrder.after(cursor, ending, rows);
    }

    private static Ending ending(int messages, int verdicts) {
        return Story.ended(EndReason.MANUAL, messages, messages, verdicts).ending();
    }

    private static final class Rows implements BattleRows {

        private final Map<Integer, Message> messages = new HashMap<>();
        private final Map<Integer, Verdict> verdicts = new HashMap<>();

        Rows agent(int seq, int turn) {
            messages.put(seq, Story.message(seq, turn, Speaker.AGENT, "agent", false));
            return this;
        }

        Rows opponent(int seq, int turn) {
            messages.put(seq, Story.message(seq, turn, Speaker.OPPONENT, "opponent", false));
            return this;
        }

        Rows failed(int seq, int turn) {
            messages.put(seq, Story.message(seq, turn, Speaker.AGENT, "", true));
            return this;
        }

        Rows verdict(int turn, int seq) {
            verdicts.put(turn, Story.verdict(turn, seq));
            return this;
        }

        Message told(int seq) {
            return requireNonNull(messages.get(seq));
        }

        Verdict toldOn(int turn) {
            return requireNonNull(verdicts.get(turn));
        }

        @Override
        public @Nullable Message message(int seq) {
            return messages.get(seq);
        }

        @Override
        public @Nullable Verdict verdict(int turn) {
            return verdicts.get(turn);
        }
    }
}
