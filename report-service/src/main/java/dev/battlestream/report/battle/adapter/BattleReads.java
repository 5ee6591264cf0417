package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleRows;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the views of one battle. Every method throws {@link ViewUnavailableException} when the
 * views of its partition are not on this instance or not ready.
 */
public interface BattleReads extends BattleRows {

    /**
     * The status; null for a battle that the views do not know.
     *
     * @throws DeletedBattleException for one that they know to be deleted: nobody else is to be
     *     asked for it
     */
    @Nullable BattleStatus status();

    /** The rows behind a seq in order, at most {@code limit}; failed turns included. */
    List<Message> messagesAfter(int seq, int limit);

    /** The verdicts behind a turn in order, at most {@code limit}. */
    List<Verdict> verdictsAfter(int turn, int limit);
}
