package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.BattleStatusFold;
import dev.battlestream.report.battle.Folded;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Verdict;
import dev.battlestream.report.battle.adapter.BattleReads;
import dev.battlestream.report.battle.adapter.PastBattles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads battles from the archive. A status is folded from the rows as the view folds it from the
 * log, so that both say the same.
 */
final class ArchivedBattles implements PastBattles {

    /**
     * More than any battle of the contract has; a foreign writer's further rows are not counted.
     */
    private static final int MOST_PLACES = 1_000;

    private final ArchiveTables tables;

    ArchivedBattles(ArchiveTables tables) {
        this.tables = tables;
    }

    @Override
    public BattleReads of(String battleId) {
        UUID id = ArchiveIntake.canonical(battleId);
        return id == null ? new Nothing() : new Kept(id);
    }

    private final class Kept implements BattleReads {

        private final UUID id;

        Kept(UUID id) {
            this.id = id;
        }

        @Override
        public @Nullable BattleStatus status() {
            return Lists.<@Nullable BattleStatus>answer(() -> fold(events()));
        }

        private List<BattleEvent> events() {
            List<BattleEvent> ends = tables.conversations().events(id);
            List<BattleEvent> events = new ArrayList<>();
            ends.stream().filter(BattleEvent.Requested.class::isInstance).forEach(events::add);
            tables.messages()
                    .after(id, 0, MOST_PLACES)
                    .forEach(message -> events.add(new BattleEvent.Played(message)));
            tables.decisions()
                    .after(id, 0, MOST_PLACES)
                    .forEach(verdict -> events.add(new BattleEvent.Judged(verdict)));
            ends.stream().filter(BattleEvent.Ended.class::isInstance).forEach(events::add);
            return events;
        }

        private @Nullable BattleStatus fold(List<BattleEvent> events) {
            BattleStatus status = null;
            for (BattleEvent event : events) {
                Folded folded = BattleStatusFold.fold(status, id.toString(), event, Instant.EPOCH);
                if (folded instanceof Folded.Kept(BattleStatus next)) {
                    status = next;
                }
            }
            return status;
        }

        @Override
        public List<Message> messagesAfter(int seq, int limit) {
            return Lists.answer(() -> tables.messages().after(id, seq, limit));
        }

        @Override
        public List<Verdict> verdictsAfter(int turn, int limit) {
            return Lists.answer(() -> tables.decisions().after(id, turn, limit));
        }

        @Override
        public @Nullable Message message(int seq) {
            return messagesAfter(seq - 1, 1).stream()
                    .filter(message -> message.seq() == seq)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public @Nullable Verdict verdict(int turn) {
            return verdictsAfter(turn - 1, 1).stream()
                    .filter(verdict -> verdict.turn() == turn)
                    .findFirst()
                    .orElse(null);
        }
    }

    /** A battle whose id the archive cannot have. */
    private static final class Nothing implements BattleReads {

        @Override
        public @Nullable BattleStatus status() {
            return null;
        }

        @Override
        public List<Message> messagesAfter(int seq, int limit) {
            return List.of();
        }

        @Override
        public List<Verdict> verdictsAfter(int turn, int limit) {
            return List.of();
        }

        @Override
        public @Nullable Message message(int seq) {
            return null;
        }

        @Override
        public @Nullable Verdict verdict(int turn) {
            return null;
        }
    }
}
