package dev.battlestream.llm;

import java.util.ArrayList;
import java.util.List;

/** Requests as a battle makes them. */
public final class Conversations {

    private Conversations() {}

    /** Asks for the reply of this turn of a conversation in which all went well so far. */
    public static ChatRequest atTurn(String model, String conversation, int turn) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(new ChatMessage(Role.SYSTEM, "You are a helpful agent."));
        for (int earlier = 1; earlier < turn; earlier++) {
            messages.add(new ChatMessage(Role.USER, "Question " + earlier));
            messages.add(new ChatMessage(Role.ASSISTANT, "Answer " + earlier));
        }
        messages.add(new ChatMessage(Role.USER, "Question " + turn));
        return new ChatRequest(ModelReference.parse(model), messages, null, null, conversation);
    }

    /** One question and nothing before it. */
    public static ChatRequest asking(String model, String question) {
        return new ChatRequest(
                ModelReference.parse(model),
                List.of(new ChatMessage(Role.USER, question)),
                null,
                null,
                "battle-1");
    }

    /** The same, with a seed. */
    public static ChatRequest seeded(ChatRequest request, long seed) {
        return new ChatRequest(
                request.model(),
                request.messages(),
                request.maxTokens(),
                request.temperature(),
                request.conversation(),
                seed);
    }

    /** The same, with a bound on the reply. */
    public static ChatRequest limited(ChatRequest request, int maxTokens) {
        return new ChatRequest(
                request.model(), request.messages(), maxTokens, 0.5, request.conversation());
    }
}
