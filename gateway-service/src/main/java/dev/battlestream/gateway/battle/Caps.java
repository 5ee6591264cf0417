package dev.battlestream.gateway.battle;

/**
 * What a request may ask for at most; the operator sets it. The runner enforces its own: these
 * spare the caller a battle that is refused only there.
 *
 * @param messageLimit messages of the agent, 1 to 25
 * @param timeoutSeconds seconds a battle may take, 1 to 86,400
 * @param maxTokensPerTurn tokens in one message, 1 to 32,768
 * @param textLength characters in a prompt, a goal or an opening message, 1 to 32,000
 * @param rubricLength characters in a rubric, 1 to 8,000
 * @param openingMessages messages before the first turn, 0 to 50
 * @param validators deterministic checks, 0 to 20
 * @param patternLength characters in a validator's pattern, 1 to 1,000
 * @param labels labels of a battle, 0 to 50
 * @param labelLength characters in a label's name or value or an agent id, 1 to 200
 */
public record Caps(
        int messageLimit,
        int timeoutSeconds,
        int maxTokensPerTurn,
        int textLength,
        int rubricLength,
        int openingMessages,
        int validators,
        int patternLength,
        int labels,
        int labelLength) {

    /** What the contract allows at most. */
    public static final Caps CONTRACT =
            new Caps(25, 86_400, 32_768, 32_000, 8_000, 50, 20, 1_000, 50, 200);

    public Caps {
        within("message-limit", messageLimit, 1, 25);
        within("timeout-seconds", timeoutSeconds, 1, 86_400);
        within("max-tokens-per-turn", maxTokensPerTurn, 1, 32_768);
        within("text-length", textLength, 1, 32_000);
        within("rubric-length", rubricLength, 1, 8_000);
        within("opening-messages", openingMessages, 0, 50);
        within("validators", validators, 0, 20);
        within("pattern-length", patternLength, 1, 1_000);
        within("labels", labels, 0, 50);
        within("label-length", labelLength, 1, 200);
    }

    private static void within(String setting, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(
                    "%s must be %d to %d, not %d".formatted(setting, from, to, value));
        }
    }
}
