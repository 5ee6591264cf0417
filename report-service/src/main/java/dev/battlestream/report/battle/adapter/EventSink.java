package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.Cursor;
import dev.battlestream.report.battle.Delta;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Verdict;
import java.io.IOException;

/**
 * Where a follower is told what happens. Every method blocks until its bytes are taken, and throws
 * when the follower has gone or takes too long.
 */
interface EventSink {

    void status(BattleStatus status) throws IOException;

    void message(Message message, Cursor cursor) throws IOException;

    void verdict(Verdict verdict, Cursor cursor) throws IOException;

    void delta(Delta delta) throws IOException;

    void ended(BattleStatus status) throws IOException;

    /** A sign of life. */
    void heartbeat() throws IOException;

    /** Nothing more for now: let go of what is buffered. */
    void flush() throws IOException;
}
