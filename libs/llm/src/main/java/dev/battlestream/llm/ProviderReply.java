package dev.battlestream.llm;

/**
 * What one successful attempt brought.
 *
 * @param model the name the provider gave the answering model
 * @param tokens 0 for what the provider did not say, {@link Tokens#UNKNOWN} if it said nothing
 */
public record ProviderReply(String text, String model, FinishReason finishReason, Tokens tokens) {

    /** Everything but the text: contents do not belong in logs. */
    @Override
    public String toString() {
        return "ProviderReply[text=%d characters, model=%s, finishReason=%s, tokens=%s]"
                .formatted(text.length(), model, finishReason, tokens);
    }
}
