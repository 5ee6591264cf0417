package dev.battlestream.gateway.battle.adapter;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of admission.
 *
 * @param runningPerClient battles of one client that may run at the same time, at least 1
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
record JobSettings(
        int runningPerClient,
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

    JobSettings {
        require(runningPerClient >= 1, "running-per-client must be at least 1");
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

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("battlestream.jobs." + otherwise);
        }
    }
}
