package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.JobKind;
import dev.battlestream.gateway.exchange.Correlation;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/**
 * A battle or a run that asks for admission.
 *
 * @param id of the battle or the run
 * @param battles that are played for it: 1, or those of the run
 * @param request the event in the encoding of the outbox; never changed
 * @param timeoutSeconds time it may take
 * @param budgetUsd what it may cost at most, in US dollars; 0 without a budget
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record NewJob(
        JobKind kind,
        UUID id,
        int battles,
        String client,
        Optional<String> key,
        String fingerprint,
        byte[] request,
        int timeoutSeconds,
        BigDecimal budgetUsd,
        Correlation correlation) {}
