package dev.battlestream.llm;

import java.math.BigDecimal;

/**
 * What a model costs.
 *
 * @param inputPerMillionUsd for a million tokens of a request, 0 or more, at most 6 decimals
 * @param outputPerMillionUsd for a million tokens of replies, 0 or more, at most 6 decimals
 */
public record ModelPrice(BigDecimal inputPerMillionUsd, BigDecimal outputPerMillionUsd) {

    /** Costs nothing. */
    public static final ModelPrice FREE = new ModelPrice(BigDecimal.ZERO, BigDecimal.ZERO);

    public ModelPrice {
        checkAmount("input-per-million-usd", inputPerMillionUsd);
        checkAmount("output-per-million-usd", outputPerMillionUsd);
    }

    /** What these tokens cost, exactly: at most 12 decimals, nothing is rounded. */
    public BigDecimal cost(int tokensIn, int tokensOut) {
        BigDecimal in = inputPerMillionUsd.multiply(BigDecimal.valueOf(tokensIn));
        BigDecimal out = outputPerMillionUsd.multiply(BigDecimal.valueOf(tokensOut));
        return in.add(out).movePointLeft(6);
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
