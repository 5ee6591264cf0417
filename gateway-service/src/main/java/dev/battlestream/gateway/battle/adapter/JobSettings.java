package dev.battlestream.gateway.battle.adapter;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of admission.
 *
 * @param runningPerClient battles of one client that may run at the same time, at least 1
 * @param dailyBudget what one client's battles may cost together in a day (UTC), in US dollars, at
 *     least 0.000000001; a battle counts on the day it ends, and with its whole budget until then.
 *     Null: no bound
 * @param defaultBudget budget in US dollars of a battle that names none; needed with a daily
 *     budget, and not more than that. Null: such a battle has none
 * @param keysKept how long an idempotency key is remembered, at least 24 hours
 * @param kept how long a battle is remembered here at all, at least as long as its key
 * @param publishAfter how long the start itself may take to publish its request before the relay
 *     does
 * @param relayEvery how often the relay looks for requests that are not on the log
 * @param relayLease how long a request belongs to the gateway that took it from the outbox
 * @param overdueMargin how long after its time-out a battle may lack an outcome
 * @param healEvery how often missing outcomes and wrong counts are looked for
 * @param sweepEvery how often keys and battles are forgotten
 * @param batch rows that one statement of these may touch, 1 to 10,000
 * @param outcomeGroup consumer group that reads outcomes; one for all gateways of an installation
 */
@ConfigurationProperties("battlestream.jobs")
public record JobSettings(
        int runningPerClient,
        @Nullable BigDecimal dailyBudget,
        @Nullable BigDecimal defaultBudget,
        Duration keysKept,
        Duration kept,
        Duration publishAfter,
        Duration relayEvery,
        Duration relayLease,
        Duration overdueMargin,
        Duration healEvery,
        Duration sweepEvery,
        int batch,
        String outcomeGroup) {

    private static final Duration SHORTEST_MEMORY = Duration.ofHours(24);
    private static final int LARGEST_BATCH = 10_000;
    private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000);

    public JobSettings {
        require(runningPerClient >= 1, "running-per-client must be at least 1");
        require(isBudget(dailyBudget), "daily-budget must be 0.000000001 to 1,000,000 US dollars");
        require(
                isBudget(defaultBudget),
                "default-budget must be 0.000000001 to 1,000,000 US dollars");
        if (dailyBudget != null) {
            require(
                    defaultBudget != null && defaultBudget.compareTo(dailyBudget) <= 0,
                    "daily-budget needs a default-budget that is not more than it: a battle without"
                            + " a budget could cost anything");
        }
        require(keysKept.compareTo(SHORTEST_MEMORY) >= 0, "keys-kept must be at least 24 h");
        require(kept.compareTo(keysKept) >= 0, "kept must be at least keys-kept");
        require(!publishAfter.isNegative(), "publish-after must not be negative");
        require(relayEvery.isPositive(), "relay-every must be positive");
        require(relayLease.isPositive(), "relay-lease must be positive");
        require(!overdueMargin.isNegative(), "overdue-margin must not be negative");
        require(healEvery.isPositive(), "heal-every must be positive");
        require(sweepEvery.isPositive(), "sweep-every must be positive");
        require(batch >= 1 && batch <= LARGEST_BATCH, "batch must be 1 to 10,000");
        require(!outcomeGroup.isBlank(), "outcome-group must not be blank");
    }

    /** As a battle's own budget: positive, and with no more decimal places than an event has. */
    private static boolean isBudget(@Nullable BigDecimal usd) {
        return usd == null
                || (usd.signum() > 0
                        && usd.compareTo(MOST_USD) <= 0
                        && usd.stripTrailingZeros().scale() <= 9);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("battlestream.jobs." + otherwise);
        }
    }
}
