package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.JobKind;
import dev.battlestream.gateway.exchange.Correlation;
import java.util.UUID;

/**
 * A job whose request is not known to be on the log.
 *
 * @param request the event in the encoding of the outbox; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record UnpublishedJob(JobKind kind, UUID id, byte[] request, Correlation correlation) {}
