package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.report.BattleStatus;
import java.util.UUID;

/**
 * The answer to a start.
 *
 * @param jobId the battle; so are battleId and conversationId
 * @param links paths of everything that can be done with it
 */
public record Started(UUID jobId, UUID battleId, UUID conversationId, String state, Links links) {

    /** Paths on this gateway. */
    public record Links(
            String status, String messages, String verdicts, String stream, String cancel) {}

    static Started of(UUID id, String state) {
        String battle = "/api/battles/" + id;
        return new Started(
                id,
                id,
                id,
                state,
                new Links(
                        battle,
                        battle + "/messages",
                        battle + "/verdicts",
                        "/api/stream/" + id,
                        battle + "/cancel"));
    }

    static Started queued(UUID id) {
        return of(id, BattleStatus.QUEUED);
    }
}
