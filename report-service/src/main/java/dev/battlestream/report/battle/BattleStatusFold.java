package dev.battlestream.report.battle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of a battle into its status. The result is the same for every interleaving of
 * the topics that keeps each topic's own order, and for every repetition.
 *
 * <p>That holds because the outcome is the last word: once it is known, sums and times are its own,
 * and late messages and verdicts only count towards completeness. What was summed before it,
 * perhaps over messages that turn out not to belong to the battle, is forgotten.
 *
 * <p>Only a deletion is more final: whatever comes before or behind it, its marker is all that is
 * left.
 */
public final class BattleStatusFold {

    private BattleStatusFold() {}

    /**
     * What is known with one more event.
     *
     * @param before what is known so far; null if nothing is known of the battle
     * @param battleId the battle
     * @param event what happened
     * @param recordedAt timestamp of the event's record
     */
    public static Folded fold(
            @Nullable Known before, String battleId, BattleEvent event, Instant recordedAt) {
        return switch (before) {
            case DeletedBattle _ -> new Folded.Dropped(DropReason.DELETED);
            case BattleStatus known -> fold(known, event, recordedAt);
            case null -> fold(unseen(battleId, event, recordedAt), event, recordedAt);
        };
    }

    private static Folded fold(BattleStatus known, BattleEvent event, Instant recordedAt) {
        return switch (event) {
            case BattleEvent.Requested requested -> requested(known, requested, recordedAt);
            case BattleEvent.Played(Message message) -> played(known, message, recordedAt);
            case BattleEvent.Judged(Verdict verdict) -> judged(known, verdict, recordedAt);
            case BattleEvent.Ended ended -> ended(known, ended, recordedAt);
            case BattleEvent.Deleted _ ->
                    new Folded.Deleted(new DeletedBattle(known.battleId(), recordedAt));
        };
    }

    /** A battle of which this event is the first that is heard, without the event itself. */
    private static BattleStatus unseen(String battleId, BattleEvent event, Instant recordedAt) {
        Instant at =
                switch (event) {
                    case BattleEvent.Requested requested -> requested.requestedAt();
                    case BattleEvent.Played(Message message) -> startOf(message);
                    case BattleEvent.Judged(Verdict verdict) -> verdict.issuedAt();
                    case BattleEvent.Ended ended -> ended.ending().startedAt();
                    case BattleEvent.Deleted deleted -> deleted.requestedAt();
                };
        return new BattleStatus(
                battleId,
                null,
                Seen.NOTHING,
                0,
                null,
                Used.NOTHING,
                new Times(at, at, recordedAt),
                null);
    }

    private static Folded requested(
            BattleStatus before, BattleEvent.Requested requested, Instant recordedAt) {
        if (before.request() != null) {
            return new Folded.Dropped(DropReason.DUPLICATE);
        }
        Instant at = requested.requestedAt();
        Times times =
                before.ending() == null
                        ? before.times().startedAt(at).activeAt(at, recordedAt)
                        : before.times();
        return new Folded.Kept(
                new BattleStatus(
                        before.battleId(),
                        requested,
                        before.seen(),
                        before.turn(),
                        before.model(),
                        before.used(),
                        times,
                        before.ending()));
    }

    private static Folded played(BattleStatus before, Message message, Instant recordedAt) {
        Ending ending = before.ending();
        DropReason refused =
                Places.refuse(
                        message.seq(),
                        before.seen().places(),
                        ending == null ? null : ending.messageCount());
        if (refused != null) {
            return new Folded.Dropped(refused);
        }
        boolean first = message.seq() == 1 && !message.failed();
        String model = first ? message.model() : before.model();
        Seen seen = before.seen().with(message);
        if (ending != null) {
            return new Folded.Kept(late(before, seen, model));
        }
        return new Folded.Kept(
                new BattleStatus(
                        before.battleId(),
                        before.request(),
                        seen,
                        message.failed() ? before.turn() : Math.max(before.turn(), message.turn()),
                        model,
                        before.used().with(message),
                        started(before, startOf(message))
                                .activeAt(message.producedAt(), recordedAt),
                        null));
    }

    private static Folded judged(BattleStatus before, Verdict verdict, Instant recordedAt) {
        Ending ending = before.ending();
        DropReason refused =
                Places.refuse(
                        verdict.turn(),
                        before.seen().verdicts(),
                        ending == null ? null : ending.verdictCount());
        if (refused != null) {
            return new Folded.Dropped(refused);
        }
        Seen seen = before.seen().with(verdict);
        if (ending != null) {
            return new Folded.Kept(late(before, seen, before.model()));
        }
        return new Folded.Kept(
                new BattleStatus(
                        before.battleId(),
                        before.request(),
                        seen,
                        before.turn(),
                        before.model(),
                        before.used().with(verdict),
                        started(before, verdict.issuedAt())
                                .activeAt(verdict.issuedAt(), recordedAt),
                        null));
    }

    private static Folded ended(BattleStatus before, BattleEvent.Ended ended, Instant recordedAt) {
        if (before.ending() != null) {
            return new Folded.Dropped(DropReason.DUPLICATE);
        }
        Ending ending = ended.ending();
        Seen seen = before.seen().within(ending);
        return new Folded.Kept(
                new BattleStatus(
                        before.battleId(),
                        before.request(),
                        seen,
                        ending.turns(),
                        seen.messages() == 0 ? null : before.model(),
                        ended.used(),
                        new Times(ending.startedAt(), ending.endedAt(), recordedAt),
                        ending));
    }

    /** A battle that has ended, of which more has been seen: nothing else changes. */
    private static BattleStatus late(BattleStatus ended, Seen seen, @Nullable String model) {
        return new BattleStatus(
                ended.battleId(),
                ended.request(),
                seen,
                ended.turn(),
                model,
                ended.used(),
                ended.times(),
                ended.ending());
    }

    private static Times started(BattleStatus before, Instant at) {
        return before.request() == null ? before.times().startedAtLatest(at) : before.times();
    }

    private static Instant startOf(Message message) {
        return message.producedAt().minusMillis(message.latencyMs());
    }
}
