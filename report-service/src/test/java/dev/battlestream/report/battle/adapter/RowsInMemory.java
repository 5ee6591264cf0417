package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.BattleStatusFold;
import dev.battlestream.report.battle.DeletedBattle;
import dev.battlestream.report.battle.Folded;
import dev.battlestream.report.battle.Known;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Views in memory, filled as the real ones are: the rows first, then the status. */
final class RowsInMemory implements BattleReads {

    private final String battleId;
    private final Map<Integer, Message> messages = new ConcurrentHashMap<>();
    private final Map<Integer, Verdict> verdicts = new ConcurrentHashMap<>();
    volatile @Nullable Known known;
    volatile boolean available = true;

    RowsInMemory(String battleId) {
        this.battleId = battleId;
    }

    void take(BattleEvent event) {
        switch (event) {
            case BattleEvent.Played(Message message) -> messages.put(message.seq(), message);
            case BattleEvent.Judged(Verdict verdict) -> verdicts.put(verdict.turn(), verdict);
            case BattleEvent.Deleted _ -> {
                messages.clear();
                verdicts.clear();
            }
            case BattleEvent.Requested _, BattleEvent.Ended _ -> {
                // Only the status changes.
            }
        }
        switch (BattleStatusFold.fold(known, battleId, event, Instant.EPOCH)) {
            case Folded.Kept(BattleStatus with) -> known = with;
            case Folded.Deleted(DeletedBattle marker) -> known = marker;
            case Folded.Dropped _ -> {
                // Nothing changes.
            }
        }
    }

    private void checkAvailable() {
        if (!available) {
            throw new ViewUnavailableException("not now");
        }
    }

    @Override
    public @Nullable BattleStatus status() {
        checkAvailable();
        return switch (known) {
            case BattleStatus status -> status;
            case DeletedBattle _ -> throw new DeletedBattleException();
            case null -> null;
        };
    }

    @Override
    public @Nullable Message message(int seq) {
        checkAvailable();
        return messages.get(seq);
    }

    @Override
    public @Nullable Verdict verdict(int turn) {
        checkAvailable();
        return verdicts.get(turn);
    }

    @Override
    public List<Message> messagesAfter(int seq, int limit) {
        throw new UnsupportedOperationException(
                "A follower reads row by row; pages are for the API, which reads the real views");
    }

    @Override
    public List<Verdict> verdictsAfter(int turn, int limit) {
        throw new UnsupportedOperationException(
                "A follower reads row by row; pages are for the API, which reads the real views");
    }
}
