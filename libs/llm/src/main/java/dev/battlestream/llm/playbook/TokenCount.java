package dev.battlestream.llm.playbook;

import dev.battlestream.llm.ChatMessage;
import java.util.List;

/**
 * How scripted models count: one token per four characters (UTF-16 units), rounded up, and four
 * more for each message of a request. Near enough to real tokenizers for English, and easily
 * checked by hand.
 */
public final class TokenCount {

    /** Characters that make one token. */
    public static final int CHARACTERS_PER_TOKEN = 4;

    /** Tokens that a message of a request costs beside its text. */
    public static final int TOKENS_PER_MESSAGE = 4;

    private TokenCount() {}

    public static int of(String text) {
        return Math.ceilDiv(text.length(), CHARACTERS_PER_TOKEN);
    }

    public static int of(List<ChatMessage> messages) {
        return messages.stream().mapToInt(m -> TOKENS_PER_MESSAGE + of(m.content())).sum();
    }
}
