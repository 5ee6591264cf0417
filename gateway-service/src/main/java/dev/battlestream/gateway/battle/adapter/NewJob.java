package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/**
 * A battle that asks for admission.
 *
 * @param request the event in the encoding of the outbox; never changed
 * @param timeoutSeconds time the battle may take
 * @param budgetUsd what the battle may cost at most, in US dollars; 0 without a budget
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record NewJob(
        UUID battleId,
        String client,
        Optional<String> key,
        String fingerprint,
        byte[] request,
        int timeoutSeconds,
        BigDecimal budgetUsd,
        Correlation correlation) {}
