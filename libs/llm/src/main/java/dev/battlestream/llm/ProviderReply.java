package dev.battlestream.llm;

/**
 * What one successful attempt brought.
 *
 * @param model the name the provider gave the answering model
 * @param tokens {@link Tokens#UNKNOWN} if the provider did not say
 */
public record ProviderReply(String text, String model, FinishReason finishReason, Tokens tokens) {

    /** Everything but the text: contents do not belong in logs. */
    @Override
    public String toString() {
        return "ProviderReply[text=%d characters, model=%s, finishReason=%s, tokens=%s]"
                .formatted(text.length(), model, finishReason, tokens);
    }
}
