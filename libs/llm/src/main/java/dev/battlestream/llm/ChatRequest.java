package dev.battlestream.llm;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One question to a model: the conversation so far, to be continued by one reply.
 *
 * @param messages at least one, oldest first
 * @param maxTokens upper bound of the reply in tokens, at least 1; absent for the provider's own
 * @param temperature 0 to 2; absent for the provider's own
 * @param conversation the id of the battle this belongs to, 1 to 100 of {@code [A-Za-z0-9._:-]};
 *     seeds scripted latencies where there is no seed, and stands in the call log
 * @param seed what to draw from, where the provider's protocol has one; absent for none
 */
public record ChatRequest(
        ModelReference model,
        List<ChatMessage> messages,
        @Nullable Integer maxTokens,
        @Nullable Double temperature,
        String conversation,
        @Nullable Long seed) {

    private static final Pattern CONVERSATION = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

    /**
     * @throws IllegalArgumentException if a value is outside its range
     */
    public ChatRequest {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("A chat request needs at least one message");
        }
        if (maxTokens != null && maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, but is " + maxTokens);
        }
        if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
            throw new IllegalArgumentException(
                    "temperature must be from 0 to 2, but is " + temperature);
        }
        if (!CONVERSATION.matcher(conversation).matches()) {
            throw new IllegalArgumentException(
                    "A conversation's id is 1 to 100 letters, digits, dots, colons, _ and -");
        }
    }

    /** The same asked of another model. */
    public ChatRequest to(ModelReference other) {
        return new ChatRequest(other, messages, maxTokens, temperature, conversation, seed);
    }

    /** Without a seed. */
    public ChatRequest(
            ModelReference model,
            List<ChatMessage> messages,
            @Nullable Integer maxTokens,
            @Nullable Double temperature,
            String conversation) {
        this(model, messages, maxTokens, temperature, conversation, null);
    }

    /** The place of the awaited reply among the assistant's own, from 1. */
    public int turn() {
        return 1 + (int) messages.stream().filter(m -> m.role() == Role.ASSISTANT).count();
    }
}
