package dev.battlestream.gateway.report;

import java.util.UUID;

/** The battles that somebody watches here. */
public interface WatchedBattles {

    /** Ends the streams of a battle and forgets what they were told. */
    void end(UUID battleId);
}
