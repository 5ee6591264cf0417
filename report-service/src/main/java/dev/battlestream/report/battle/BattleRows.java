package dev.battlestream.report.battle;

import org.jspecify.annotations.Nullable;

/** What is seen of one battle, row by row. */
public interface BattleRows {

    /** The row at a place; null while it is not there. */
    @Nullable Message message(int seq);

    /** The verdict on a turn; null while it is not there. */
    @Nullable Verdict verdict(int turn);
}
