package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.Cursor;
import dev.battlestream.report.battle.Delta;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Tells a follower by server-sent events; the data of each is one line of JSON. */
final class ServerSentEvents implements EventSink {

    /** How long a client waits before it connects again, in milliseconds. */
    private static final int RETRY_MS = 2_000;

    private final OutputStream out;
    private final JsonMapper json;

    ServerSentEvents(OutputStream out, JsonMapper json) {
        this.out = out;
        this.json = json;
    }

    /** What stands before the first event. */
    void open() throws IOException {
        write("retry: " + RETRY_MS + "\n\n");
        flush();
    }

    @Override
    public void status(BattleStatus status) throws IOException {
        event("status", null, StatusBody.of(status));
    }

    @Override
    public void message(Message message, Cursor cursor) throws IOException {
        event("message", cursor, MessageBody.of(message));
    }

    @Override
    public void verdict(Verdict verdict, Cursor cursor) throws IOException {
        event("verdict", cursor, VerdictBody.of(verdict));
    }

    @Override
    public void delta(Delta delta) throws IOException {
        String name =
                switch (delta) {
                    case Delta.Text _ -> "delta";
                    case Delta.Retry _ -> "retry";
                };
        event(name, null, DeltaBody.of(delta));
    }

    @Override
    public void ended(BattleStatus status) throws IOException {
        event("ended", null, StatusBody.of(status));
        flush();
    }

    @Override
    public void heartbeat() throws IOException {
        write(": still here\n\n");
        flush();
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    private void event(String name, @Nullable Cursor cursor, Object data) throws IOException {
        if (cursor != null) {
            write("id: " + cursor.value() + "\n");
        }
        write("event: " + name + "\ndata: ");
        out.write(json.writeValueAsBytes(data));
        write("\n\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
