package dev.battlestream.llm;

/**
 * What one successful attempt brought.
 *
 * @param model the name the provider gave the answering model
 * @param tokensIn 0 if the provider did not say
 * @param tokensOut 0 if the provider did not say
 */
public record ProviderReply(
        String text, String model, FinishReason finishReason, int tokensIn, int tokensOut) {

    /** Everything but the text: contents do not belong in logs. */
    @Override
    public String toString() {
        return "ProviderReply[text=%d characters, model=%s, finishReason=%s, tokensIn=%d, tokensOut=%d]"
                .formatted(text.length(), model, finishReason, tokensIn, tokensOut);
    }
}
