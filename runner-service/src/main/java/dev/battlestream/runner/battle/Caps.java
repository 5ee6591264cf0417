package dev.battlestream.runner.battle;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * What a request may ask for at most; the operator sets it.
 *
 * @param messageLimit messages of the agent, 1 to 25
 * @param maxTokensPerTurn tokens in one message
 * @param timeout time a battle may take
 * @param textLength characters in a prompt, a goal, a rubric or an opening message
 * @param openingMessages messages before the first turn
 * @param validators deterministic checks
 * @param patternLength characters in a validator's pattern
 * @param labels labels of a battle
 * @param labelLength characters in a label's name or value, an agent id or a client id
 * @param requestRetention an older request is refused as stale
 * @param models whether a model may be asked; the empty name stands for the default
 * @param regularExpression whether a pattern compiles
 */
public record Caps(
        int messageLimit,
        int maxTokensPerTurn,
        Duration timeout,
        int textLength,
        int openingMessages,
        int validators,
        int patternLength,
        int labels,
        int labelLength,
        Duration requestRetention,
        Predicate<String> models,
        Predicate<String> regularExpression) {

    /** No setting raises the number of messages beyond this. */
    public static final int HARD_MESSAGE_LIMIT = 25;

    public Caps {
        if (messageLimit < 1 || messageLimit > HARD_MESSAGE_LIMIT) {
            throw new IllegalArgumentException(
                    "messageLimit must be 1 to %d, not %d"
                            .formatted(HARD_MESSAGE_LIMIT, messageLimit));
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, not " + timeout);
        }
    }
}
