package dev.battlestream.gateway.battle;

import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A battle or a run that was accepted here.
 *
 * @param id of the battle or the run
 * @param battles that are played for it: 1, or those of the run
 * @param fingerprint the same for requests that ask for the same, and for no others
 * @param ended how it ended, once that is known here
 */
public record Job(
        JobKind kind,
        UUID id,
        int battles,
        String fingerprint,
        Instant acceptedAt,
        Optional<End> ended) {

    /** The end of a job of which nobody else knows anything. */
    public static final String LOST = "lost";

    /** The end of a job whose request the log refused. */
    public static final String UNPUBLISHABLE = "unpublishable";

    /** A view may hear of an end later than the gateway does, but not by more than this. */
    private static final Duration VIEWS_FOLLOW = Duration.ofMinutes(1);

    /**
     * The end of a job.
     *
     * @param reason as the outcome has it, such as goal or manual, or {@link #LOST} or {@link
     *     #UNPUBLISHABLE}
     */
    public record End(String reason, Instant at) {}

    /** What a request with the key or the id of this job is answered. */
    public Admission answers(String itsFingerprint) {
        return fingerprint.equals(itsFingerprint)
                ? new Admission.Repeated(id)
                : new Admission.Different();
    }

    /** How the battle stands as far as this job tells, for when the views know nothing of it. */
    public Optional<BattleStatus> battleStatus(Instant now) {
        return standing(
                now,
                () -> BattleStatus.queued(id, acceptedAt),
                at -> BattleStatus.failedHere(id, acceptedAt, at));
    }

    /** The same of a run. */
    public Optional<RunStatus> runStatus(Instant now) {
        return standing(
                now,
                () -> RunStatus.queued(id, battles, acceptedAt),
                at -> RunStatus.failedHere(id, battles, acceptedAt, at));
    }

    private <T> Optional<T> standing(
            Instant now, Supplier<T> queued, Function<Instant, T> failedHere) {
        if (ended.isEmpty()) {
            return Optional.of(queued.get());
        }
        End end = ended.get();
        if (end.reason().equals(LOST) || end.reason().equals(UNPUBLISHABLE)) {
            return Optional.of(failedHere.apply(end.at()));
        }
        return end.at().plus(VIEWS_FOLLOW).isAfter(now)
                ? Optional.of(queued.get())
                : Optional.empty();
    }
}
