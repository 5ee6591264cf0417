package dev.battlestream.report.battle;

import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the rows of a battle.
 *
 * @param rows in the order of their places
 * @param next the place behind which the next page begins
 * @param total how many rows belong to the battle, as far as is known
 * @param complete whether the battle has ended and nothing comes behind this page
 */
public record Page<R>(List<R> rows, int next, int total, boolean complete) {

    public Page {
        rows = List.copyOf(rows);
    }

    /**
     * The page of messages behind a seq.
     *
     * @param rows rows behind that seq in order, failed turns included
     */
    public static Page<Message> ofMessages(BattleStatus status, int since, List<Message> rows) {
        Ending ending = status.ending();
        return of(
                rows.stream().filter(message -> !message.failed()).toList(),
                Message::seq,
                since,
                status.messageCount(),
                ending == null ? null : ending.messageCount());
    }

    /**
     * The page of verdicts behind a turn.
     *
     * @param rows rows behind that turn in order
     */
    public static Page<Verdict> ofVerdicts(BattleStatus status, int since, List<Verdict> rows) {
        Ending ending = status.ending();
        return of(
                rows,
                Verdict::turn,
                since,
                status.verdictCount(),
                ending == null ? null : ending.verdictCount());
    }

    private static <R> Page<R> of(
            List<R> rows,
            ToIntFunction<R> place,
            int since,
            int known,
            @Nullable Integer belonging) {
        List<R> kept =
                belonging == null
                        ? rows
                        : rows.stream().filter(row -> place.applyAsInt(row) <= belonging).toList();
        int next = kept.isEmpty() ? since : place.applyAsInt(kept.getLast());
        boolean open = belonging == null;
        // A row may be there a moment before the status that counts it.
        int total = open && !kept.isEmpty() ? Math.max(known, next) : known;
        return new Page<>(kept, next, total, belonging != null && next >= belonging);
    }
}
