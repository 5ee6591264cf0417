package dev.battlestream.runner.battle;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * What a request may ask for at most; the operator sets it.
 *
 * @param messageLimit messages of the agent, 1 to 25
 * @param maxTokensPerTurn tokens in one message
 * @param timeout time a battle may take
 * @param textLength characters in a prompt, a goal or an opening message
 * @param openingMessages messages before the first turn
 * @param validators deterministic checks
 * @param patternLength characters in a validator's pattern
 * @param labels labels of a battle
 * @param labelLength characters in a label's name or value, an agent id or a client id
 * @param requestRetention an older request is refused as stale
 * @param models whether a model may play; the empty name stands for the default
 * @param judgeModels whether a model's name is well-formed; the judge knows which it may ask
 * @param priced whether a model has a price, where the operator wants one; the empty name stands
 *     for the default
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
        Predicate<String> judgeModels,
        Predicate<String> priced) {

    /** No setting raises the number of messages beyond this. */
    public static final int HARD_MESSAGE_LIMIT = 25;

    /** Turns without an improvement that make a plateau, at least. */
    static final int LEAST_PLATEAU = 2;

    /** Texts of an opponent that end a battle. */
    static final int STOP_WORDS = 20;

    /** Characters in one of them. */
    static final int STOP_WORD_LENGTH = 200;

    /** Characters in the rubric of a judge. */
    static final int RUBRIC_LENGTH = 8_000;

    /** US dollars that a battle may cost; far below what the contract's decimals can hold. */
    public static final BigDecimal BUDGET_USD = BigDecimal.valueOf(1_000_000);

    public Caps {
        if (messageLimit < 1 || messageLimit > HARD_MESSAGE_LIMIT) {
            throw new IllegalArgumentException(
                    "messageLimit must be 1 to %d, not %d"
                            .formatted(HARD_MESSAGE_LIMIT, messageLimit));
        }
        between("maxTokensPerTurn", maxTokensPerTurn, 32_768);
        between("timeout in seconds", timeout.toSeconds(), 86_400);
        between("textLength", textLength, 32_000);
        between("openingMessages", openingMessages, 50);
        between("validators", validators, 20);
        between("patternLength", patternLength, 1_000);
        between("labels", labels, 50);
        between("labelLength", labelLength, 200);
    }

    /** An operator may ask for less than the contract allows, never for more. */
    private static void between(String cap, long value, long contract) {
        if (value < 1 || value > contract) {
            throw new IllegalArgumentException(
                    "%s must be 1 to %d, not %d".formatted(cap, contract, value));
        }
    }
}
