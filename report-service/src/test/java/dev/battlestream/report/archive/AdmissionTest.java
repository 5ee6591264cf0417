package dev.battlestream.report.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.report.archive.Admission.End;
import dev.battlestream.report.archive.Admission.Kept;
import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.DropReason;
import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Story;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

    @Test
    void placesAreFilledInOrderAcrossBatches() {
        Admission admission =
                admit(Map.of(ID, new Kept(2, 1, null)), played(3), judged(2), played(4));

        assertThat(admission.batch().facts()).hasSize(3);
        assertThat(admission.dropped()).isEmpty();
    }

    @Test
    void whatIsThereGapsAndBadPlacesAreDroppedByName() {
        Admission admission =
                admit(Map.of(ID, new Kept(2, 0, null)), played(2), played(4), played(0), judged(2));

        assertThat(admission.batch().facts()).isEmpty();
        assertThat(admission.dropped())
                .containsOnly(
                        Map.entry(DropReason.DUPLICATE, 1),
                        Map.entry(DropReason.GAP, 2),
                        Map.entry(DropReason.BAD_PLACE, 1));
    }

    @Test
    void aMessageThatComesAgainAfterItsGapIsClosedCounts() {
        Fact.Played third = played(3);

        Admission admission = admit(Map.of(), played(1), third, played(2), third, third);

        assertThat(admission.batch().facts()).containsExactly(played(1), played(2), third);
        assertThat(admission.dropped())
                .containsOnly(Map.entry(DropReason.GAP, 1), Map.entry(DropReason.DUPLICATE, 1));
    }

    @Test
    void whatLiesBeyondTheEndIsDroppedWhicheverComesFirst() {
        Admission inOneBatch = admit(Map.of(), played(1), played(2), played(3), ended(2, 1));
        assertThat(inOneBatch.dropped()).containsOnly(Map.entry(DropReason.BEYOND_END, 1));
        assertThat(inOneBatch.surplus()).isEmpty();

        Admission later = admit(Map.of(ID, new Kept(2, 1, new End(2, 1))), played(3), judged(2));
        assertThat(later.batch().facts()).isEmpty();
        assertThat(later.dropped()).containsOnly(Map.entry(DropReason.BEYOND_END, 2));
    }

    @Test
    void whatWasKeptBeforeTheEndWasKnownIsSurplus() {
        assertThat(admit(Map.of(ID, new Kept(3, 1, null)), ended(2, 1)).surplus())
                .containsExactly(new Admission.Surplus(ID, new End(2, 1)));
        assertThat(admit(Map.of(ID, new Kept(2, 2, null)), ended(2, 1)).surplus()).hasSize(1);
        assertThat(admit(Map.of(ID, new Kept(2, 1, null)), ended(2, 1)).surplus()).isEmpty();
    }

    @Test
    void theFirstOutcomeSaysWhatBelongsToTheBattle() {
        Admission admission =
                admit(Map.of(ID, new Kept(1, 1, new End(2, 1))), ended(9, 9), played(2), played(3));

        assertThat(admission.batch().of(Fact.Played.class)).containsExactly(played(2));
        assertThat(admission.surplus()).isEmpty();
    }

    @Test
    void nothingOfADeletedBattleIsAdmittedButItsDeletion() {
        Fact.Deleted deleted = new Fact.Deleted(ID, Instant.EPOCH, null);

        Admission before =
                Admission.of(FactBatch.of(List.of(played(1), ended(1, 0))), Map.of(), Set.of(ID));
        assertThat(before.batch().facts()).isEmpty();
        assertThat(before.dropped()).containsOnly(Map.entry(DropReason.DELETED, 2));

        Admission together = admit(Map.of(), played(1), deleted);
        assertThat(together.batch().facts()).containsExactly(deleted);
    }

    private static Admission admit(Map<UUID, Kept> known, Fact... facts) {
        return Admission.of(FactBatch.of(List.of(facts)), known, Set.of());
    }

    private static Fact.Played played(int seq) {
        return new Fact.Played(ID, Story.agent(seq, Math.max(seq, 1)).message());
    }

    private static Fact judged(int turn) {
        return new Fact.Judged(ID, Story.verdict(turn, turn));
    }

    private static Fact ended(int messages, int verdicts) {
        BattleEvent.Ended ended = Story.ended(EndReason.LIMIT, messages, messages, verdicts);
        return new Fact.Finished(ID, ended.ending(), ended.used(), null);
    }
}
