package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.Cursor;
import dev.battlestream.report.battle.Delta;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Verdict;
import java.io.IOException;

/** Tells a follower of a battle by server-sent events. */
final class ServerSentEvents implements EventSink {

    private final EventStream stream;

    ServerSentEvents(EventStream stream) {
        this.stream = stream;
    }

    @Override
    public void status(BattleStatus status) throws IOException {
        stream.event("status", null, StatusBody.of(status));
    }

    @Override
    public void message(Message message, Cursor cursor) throws IOException {
        stream.event("message", cursor.value(), MessageBody.of(message));
    }

    @Override
    public void verdict(Verdict verdict, Cursor cursor) throws IOException {
        stream.event("verdict", cursor.value(), VerdictBody.of(verdict));
    }

    @Override
    public void delta(Delta delta) throws IOException {
        String name =
                switch (delta) {
                    case Delta.Text _ -> "delta";
                    case Delta.Retry _ -> "retry";
                };
        stream.event(name, null, DeltaBody.of(delta));
    }

    @Override
    public void ended(BattleStatus status) throws IOException {
        stream.event("ended", null, StatusBody.of(status));
        flush();
    }

    @Override
    public void heartbeat() throws IOException {
        stream.heartbeat();
    }

    @Override
    public void flush() throws IOException {
        stream.flush();
    }
}
