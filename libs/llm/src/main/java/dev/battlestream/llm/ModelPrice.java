package dev.battlestream.llm;

import java.math.BigDecimal;

/**
 * What a model costs, in US dollars for a million tokens; each price is 0 to 1,000,000 with at most
 * 6 decimals.
 *
 * @param inputPerMillionUsd for tokens of a request
 * @param outputPerMillionUsd for tokens of replies, hidden reasoning included
 * @param cachedInputPerMillionUsd for tokens of a request that the provider took from its cache; as
 *     input if absent
 * @param cacheWritePerMillionUsd for tokens of a request that the provider put into its cache; as
 *     input if absent
 */
public record ModelPrice(
        BigDecimal inputPerMillionUsd,
        BigDecimal outputPerMillionUsd,
        BigDecimal cachedInputPerMillionUsd,
        BigDecimal cacheWritePerMillionUsd) {

    /** Costs nothing. */
    public static final ModelPrice FREE = of(BigDecimal.ZERO, BigDecimal.ZERO);

    public ModelPrice {
        checkAmount("input-per-million-usd", inputPerMillionUsd);
        checkAmount("output-per-million-usd", outputPerMillionUsd);
        cachedInputPerMillionUsd =
                cachedInputPerMillionUsd == null ? inputPerMillionUsd : cachedInputPerMillionUsd;
        cacheWritePerMillionUsd =
                cacheWritePerMillionUsd == null ? inputPerMillionUsd : cacheWritePerMillionUsd;
        checkAmount("cached-input-per-million-usd", cachedInputPerMillionUsd);
        checkAmount("cache-write-per-million-usd", cacheWritePerMillionUsd);
    }

    /** A price that makes no difference between cached tokens and others. */
    public static ModelPrice of(BigDecimal inputPerMillionUsd, BigDecimal outputPerMillionUsd) {
        return new ModelPrice(
                inputPerMillionUsd, outputPerMillionUsd, inputPerMillionUsd, inputPerMillionUsd);
    }

    /** What these tokens cost, exactly: at most 12 decimals, nothing is rounded. */
    public BigDecimal cost(Tokens tokens) {
        return times(inputPerMillionUsd, tokens.plainIn())
                .add(times(cachedInputPerMillionUsd, tokens.cachedIn()))
                .add(times(cacheWritePerMillionUsd, tokens.cacheWriteIn()))
                .add(times(outputPerMillionUsd, tokens.out()))
                .movePointLeft(6);
    }

    /** The same for tokens of which none was cached. */
    public BigDecimal cost(int tokensIn, int tokensOut) {
        return cost(Tokens.uncached(tokensIn, tokensOut));
    }

    /**
     * The most that an attempt can cost: every token of the request at the dearest price that one
     * may have, and a reply of all the tokens allowed. Exact, at most 12 decimals.
     *
     * @param promptTokensUpperBound 0 or more; see {@link PromptBound}
     * @param maxTokens the bound on the reply that is sent with the request, 0 or more
     */
    public BigDecimal worstCase(long promptTokensUpperBound, int maxTokens) {
        BigDecimal dearest =
                inputPerMillionUsd.max(cachedInputPerMillionUsd).max(cacheWritePerMillionUsd);
        return times(dearest, promptTokensUpperBound)
                .add(times(outputPerMillionUsd, maxTokens))
                .movePointLeft(6);
    }

    /** Whether nothing of this price costs anything. */
    public boolean free() {
        return worstCase(1, 1).signum() == 0;
    }

    private static BigDecimal times(BigDecimal amount, long tokens) {
        return amount.multiply(BigDecimal.valueOf(tokens));
    }

    private static void checkAmount(String setting, BigDecimal amount) {
        Refuse.unless(
                amount != null
                        && amount.signum() >= 0
                        && amount.scale() <= 6
                        && amount.compareTo(BigDecimal.valueOf(1_000_000)) <= 0,
                "prices.*." + setting + " must be 0 to 1000000 with at most 6 decimals");
    }
}
