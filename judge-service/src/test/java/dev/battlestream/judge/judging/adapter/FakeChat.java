package dev.battlestream.judge.judging.adapter;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.FinishReason;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.Reply;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A model that answers what the test says and remembers what it was asked. */
final class FakeChat implements ChatModels {

    private final List<ChatRequest> requests = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour =
            _ -> reply("{\"verdict\":\"no\",\"confidence\":0.8,\"reason\":\"Not yet.\"}");

    interface Behaviour {
        Reply answer(ChatRequest request) throws ModelException;
    }

    void answers(Behaviour next) {
        behaviour = next;
    }

    static Reply reply(String text) {
        return reply(text, null);
    }

    static Reply reply(String text, @Nullable ModelReference standIn) {
        return new Reply(
                text,
                "fake",
                FinishReason.STOP,
                120,
                30,
                new BigDecimal("0.0000123456789"),
                Duration.ofMillis(5),
                2,
                0,
                BigDecimal.ZERO,
                standIn);
    }

    List<ChatRequest> requests() {
        return requests;
    }

    @Override
    public Reply chat(ChatRequest request, ChatListener listener) throws ModelException {
        requests.add(request);
        return behaviour.answer(request);
    }

    @Override
    public boolean knows(ModelReference model) {
        return true;
    }
}
