package dev.battlestream.local.check;

import java.math.BigDecimal;

/**
 * What somebody has used.
 *
 * @param calls calls that reached a provider
 * @param costUsd cost in US dollars
 */
public record Spend(int calls, long tokensIn, long tokensOut, BigDecimal costUsd) {

    public static final Spend NOTHING = new Spend(0, 0, 0, BigDecimal.ZERO);

    public Spend {
        costUsd = InRange.money(costUsd);
    }

    public Spend plus(Spend more) {
        return new Spend(
                calls + more.calls,
                tokensIn + more.tokensIn,
                tokensOut + more.tokensOut,
                costUsd.add(more.costUsd));
    }

    /** The rest without a part. */
    public Spend minus(Spend part) {
        return new Spend(
                calls - part.calls,
                tokensIn - part.tokensIn,
                tokensOut - part.tokensOut,
                costUsd.subtract(part.costUsd));
    }

    /** As readers are shown it of a role. */
    public Fields fields() {
        return new Fields.Builder()
                .number("calls", calls)
                .number("tokensIn", tokensIn)
                .number("tokensOut", tokensOut)
                .money("costUsd", costUsd)
                .build();
    }

    /** As readers are shown it in sum, where no calls are told. */
    public Fields sum() {
        return new Fields.Builder()
                .number("tokensIn", tokensIn)
                .number("tokensOut", tokensOut)
                .money("costUsd", costUsd)
                .build();
    }
}
