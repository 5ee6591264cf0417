package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatProvider;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ProviderReply;
import dev.battlestream.llm.playbook.Performance;
import dev.battlestream.llm.playbook.Performance.Ending;
import dev.battlestream.llm.playbook.Playbook;
import dev.battlestream.llm.playbook.ScriptedFailure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plays playbooks: waits on the calling thread, streams and fails as they say. */
final class ScriptedProvider implements ChatProvider {

    private final Map<String, Playbook> playbooks;
    private final double latencyScale;
    private final @Nullable CallLogWriter callLog;
    private final Timepiece timepiece;

    ScriptedProvider(
            Map<String, Playbook> playbooks,
            double latencyScale,
            @Nullable CallLogWriter callLog,
            Timepiece timepiece) {
        this.playbooks = Map.copyOf(playbooks);
        this.latencyScale = latencyScale;
        this.callLog = callLog;
        this.timepiece = timepiece;
    }

    @Override
    public boolean knows(String model) {
        return playbooks.containsKey(model);
    }

    @Override
    public ProviderReply chat(ChatRequest request, int attempt, ChatListener listener)
            throws ModelException, InterruptedException {
        Playbook playbook = playbooks.get(request.model().name());
        if (playbook == null) {
            throw new ModelException(
                    ModelException.Kind.UNKNOWN_MODEL,
                    "There is no playbook for " + request.model(),
                    null,
                    0,
                    null);
        }
        long start = timepiece.nanoTime();
        if (callLog != null) {
            callLog.started(request, attempt);
        }
        Performance performance = playbook.perform(request, attempt, latencyScale);
        play(performance, start, listener);
        return switch (performance.ending()) {
            case Ending.Said(ProviderReply reply) -> reply;
            case Ending.Failed(ScriptedFailure failure) -> {
                ModelException told =
                        new ModelException(
                                failure.kind(),
                                "%s answered: %s".formatted(request.model(), failure.detail()),
                                failure.retryAfter(),
                                1,
                                null);
                throw failure.afterDeltas() > 0 ? told.asCharged() : told;
            }
        };
    }

    /** Each delta has a time of its own from the start, so that late wake-ups do not add up. */
    private void play(Performance performance, long start, ChatListener listener)
            throws InterruptedException {
        long nanos = performance.latency().toNanos();
        int count = performance.deltas().size();
        for (int i = 0; i < count; i++) {
            timepiece.sleepUntil(start + nanos / count * (i + 1));
            listener.delta(performance.deltas().get(i));
        }
        timepiece.sleepUntil(start + nanos);
    }
}
