package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ModelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it hears. */
final class RecordingListener implements ChatListener {

    record Retried(int failedAttempt, ModelException cause, Duration pause) {}

    final List<String> deltas = new CopyOnWriteArrayList<>();
    final List<Retried> retries = new CopyOnWriteArrayList<>();

    @Override
    public void delta(String text) {
        deltas.add(text);
    }

    @Override
    public void retrying(int failedAttempt, ModelException cause, Duration wait) {
        retries.add(new Retried(failedAttempt, cause, wait));
    }

    String text() {
        return String.join("", deltas);
    }
}
