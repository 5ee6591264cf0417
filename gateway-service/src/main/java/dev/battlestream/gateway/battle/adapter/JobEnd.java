package dev.battlestream.gateway.battle.adapter;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * How a battle ended, for its job.
 *
 * @param reason as in the outcome, in lower case, or one of those that only a job has
 * @param usd what it has cost at most, in US dollars; empty where nobody knows, and then its whole
 *     budget counts
 */
record JobEnd(String reason, Optional<BigDecimal> usd) {

    static JobEnd of(String reason, BigDecimal usd) {
        return new JobEnd(reason, Optional.of(usd));
    }

    static JobEnd unpriced(String reason) {
        return new JobEnd(reason, Optional.empty());
    }
}
