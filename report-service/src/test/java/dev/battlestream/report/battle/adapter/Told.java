package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.Cursor;
import dev.battlestream.report.battle.Delta;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Writes down what it is told, and goes away after a number of placed events. */
final class Told implements EventSink {

    final List<String> events = new CopyOnWriteArrayList<>();
    int goesAfter = Integer.MAX_VALUE;
    volatile @Nullable Cursor last;
    final AtomicInteger heartbeats = new AtomicInteger();

    List<String> placed() {
        return events.stream().filter(event -> event.contains("@")).toList();
    }

    @Override
    public void status(BattleStatus status) {
        events.add("status " + Spelling.name(status.state()));
    }

    @Override
    public void message(Message message, Cursor cursor) throws IOException {
        place("message %d @%d".formatted(message.seq(), cursor.value()), cursor);
    }

    @Override
    public void verdict(Verdict verdict, Cursor cursor) throws IOException {
        place("verdict %d @%d".formatted(verdict.turn(), cursor.value()), cursor);
    }

    private void place(String event, Cursor cursor) throws IOException {
        if (goesAfter == 0) {
            throw new IOException("gone");
        }
        goesAfter--;
        events.add(event);
        last = cursor;
    }

    @Override
    public void delta(Delta delta) {
        events.add(
                switch (delta) {
                    case Delta.Text text ->
                            "delta %d.%d +%d '%s'"
                                    .formatted(
                                            text.seq(), text.attempt(), text.offset(), text.text());
                    case Delta.Retry retry -> "retry %d.%d".formatted(retry.seq(), retry.attempt());
                });
    }

    @Override
    public void ended(BattleStatus status) {
        events.add("ended " + Spelling.name(status.state()));
    }

    @Override
    public void heartbeat() {
        heartbeats.incrementAndGet();
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }
}
