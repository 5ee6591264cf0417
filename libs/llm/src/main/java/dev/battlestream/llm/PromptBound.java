package dev.battlestream.llm;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An upper bound of the tokens that a provider will count for a request, known before it is sent.
 *
 * <p>Every byte of UTF-8 counts as a token, because no token of a byte-level vocabulary (the BPE of
 * OpenAI, Llama 3, Qwen, Mistral and others) is shorter than one byte. What a chat template puts
 * around a message (roles, separators) and around the whole (a beginning, a default system prompt)
 * is covered by a fixed amount. The bound is 3 to 5 times too high for English; it is meant for
 * reserving money, not for planning. A server whose template adds more than {@value
 * #TOKENS_PER_REQUEST} tokens of its own to a request can exceed it.
 */
public final class PromptBound {

    /** Tokens granted to what stands around one message. */
    public static final int TOKENS_PER_MESSAGE = 16;

    /** Tokens granted to what stands around a conversation. */
    public static final int TOKENS_PER_REQUEST = 64;

    private PromptBound() {}

    /** At most so many tokens are counted for a request with these messages. */
    public static long tokens(List<ChatMessage> messages) {
        long bound = TOKENS_PER_REQUEST;
        for (ChatMessage message : messages) {
            bound += TOKENS_PER_MESSAGE + utf8Length(message.content());
        }
        return bound;
    }

    private static long utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
