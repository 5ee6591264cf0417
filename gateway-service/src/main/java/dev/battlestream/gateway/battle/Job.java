package dev.battlestream.gateway.battle;

import dev.battlestream.gateway.report.BattleStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A battle that was accepted here.
 *
 * @param fingerprint the same for requests that ask for the same, and for no others
 * @param ended how it ended, once that is known here
 */
public record Job(UUID battleId, String fingerprint, Instant acceptedAt, Optional<End> ended) {

    /** The end of a job of which nobody else knows anything. */
    public static final String LOST = "lost";

    /** The end of a job whose request the log refused. */
    public static final String UNPUBLISHABLE = "unpublishable";

    /** A view may hear of an end later than the gateway does, but not by more than this. */
    private static final Duration VIEWS_FOLLOW = Duration.ofMinutes(1);

    /**
     * The end of a job.
     *
     * @param reason goal, limit, plateau, budget, error, manual, timeout or unknown as the outcome
     *     has it, or {@link #LOST} or {@link #UNPUBLISHABLE}
     */
    public record End(String reason, Instant at) {}

    /** What a request with the key or the id of this job is answered. */
    public Admission answers(String itsFingerprint) {
        return fingerprint.equals(itsFingerprint)
                ? new Admission.Repeated(battleId)
                : new Admission.Different();
    }

    /** How the battle stands as far as this job tells, for when the views know nothing of it. */
    public Optional<BattleStatus> status(Instant now) {
        if (ended.isEmpty()) {
            return Optional.of(BattleStatus.queued(battleId, acceptedAt));
        }
        End end = ended.get();
        if (end.reason().equals(LOST) || end.reason().equals(UNPUBLISHABLE)) {
            return Optional.of(BattleStatus.failedHere(battleId, acceptedAt, end.at()));
        }
        return end.at().plus(VIEWS_FOLLOW).isAfter(now)
                ? Optional.of(BattleStatus.queued(battleId, acceptedAt))
                : Optional.empty();
    }
}
