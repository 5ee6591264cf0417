package dev.battlestream.llm;

/** One message of a conversation, as a model is shown it. */
public record ChatMessage(Role role, String content) {

    /** The role and the size only: contents do not belong in logs. */
    @Override
    public String toString() {
        return "ChatMessage[role=%s, content=%d characters]".formatted(role, content.length());
    }
}
