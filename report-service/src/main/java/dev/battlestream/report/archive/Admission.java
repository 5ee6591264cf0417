package dev.battlestream.report.archive;

import dev.battlestream.report.battle.DropReason;
import dev.battlestream.report.battle.Places;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which facts of a batch are archived. It is the rule of the views: a place is filled once, in
 * order, and not beyond what the outcome says belongs to the battle.
 *
 * @param batch what is left to write
 * @param surplus battles that have more messages or verdicts than belong to them
 * @param dropped how many facts were left out, and why
 */
public record Admission(FactBatch batch, List<Surplus> surplus, Map<DropReason, Integer> dropped) {

    /**
     * What the archive has of a battle.
     *
     * @param messages places of messages that are filled
     * @param verdicts turns that have a verdict
     * @param end null while its outcome is not archived
     */
    public record Kept(int messages, int verdicts, @Nullable End end) {

        /** Nothing. */
        public static final Kept NOTHING = new Kept(0, 0, null);
    }

    /** How many messages and verdicts belong to a battle. */
    public record End(int messages, int verdicts) {}

    /**
     * What belongs to a battle, of which more has been archived before that was known.
     *
     * @param end what stays
     */
    public record Surplus(UUID battleId, End end) {}

    public Admission {
        surplus = List.copyOf(surplus);
        dropped = Map.copyOf(dropped);
    }

    /**
     * Decides about a batch.
     *
     * @param known what the archive has of the battles of the batch; nothing of those not named
     * @param deleted those of them that were deleted
     */
    public static Admission of(FactBatch batch, Map<UUID, Kept> known, Set<UUID> deleted) {
        return new Deciding(batch, known, deleted).decide();
    }

    private static final class Deciding {

        private final FactBatch batch;
        private final Map<UUID, Kept> known;
        private final Set<UUID> deleted;
        private final Map<UUID, End> ends = new HashMap<>();
        private final Map<UUID, Integer> messages = new HashMap<>();
        private final Map<UUID, Integer> verdicts = new HashMap<>();
        private final Map<DropReason, Integer> dropped = new EnumMap<>(DropReason.class);

        Deciding(FactBatch batch, Map<UUID, Kept> known, Set<UUID> deleted) {
            this.batch = batch;
            this.known = known;
            this.deleted = new HashSet<>(deleted);
            batch.of(Fact.Deleted.class).forEach(fact -> this.deleted.add(fact.battleId()));
            batch.of(Fact.Finished.class).forEach(this::ends);
        }

        /** The first outcome counts: one that the archive has comes before those of the batch. */
        private void ends(Fact.Finished outcome) {
            End kept = known.getOrDefault(outcome.battleId(), Kept.NOTHING).end();
            ends.put(
                    outcome.battleId(),
                    kept == null
                            ? new End(
                                    outcome.ending().messageCount(),
                                    outcome.ending().verdictCount())
                            : kept);
        }

        Admission decide() {
            List<Fact> admitted = new ArrayList<>();
            for (Fact fact : batch.facts()) {
                DropReason refused = refuse(fact);
                if (refused == null) {
                    admitted.add(fact);
                } else {
                    dropped.merge(refused, 1, Integer::sum);
                }
            }
            return new Admission(
                    new FactBatch(admitted, batch.readings(), batch.repeated()),
                    surplus(),
                    dropped);
        }

        private @Nullable DropReason refuse(Fact fact) {
            return switch (fact) {
                case Fact.Deleted _ -> null;
                case Fact.OfBattle ofBattle when deleted.contains(ofBattle.battleId()) ->
                        DropReason.DELETED;
                case Fact.Asked _, Fact.Finished _, Fact.OfRun _ -> null;
                case Fact.Played played -> {
                    End end = end(played.battleId());
                    yield fill(
                            messages,
                            played,
                            kept(played.battleId()).messages(),
                            end == null ? null : end.messages());
                }
                case Fact.Judged judged -> {
                    End end = end(judged.battleId());
                    yield fill(
                            verdicts,
                            judged,
                            kept(judged.battleId()).verdicts(),
                            end == null ? null : end.verdicts());
                }
            };
        }

        private static @Nullable DropReason fill(
                Map<UUID, Integer> filled, Fact fact, int before, @Nullable Integer count) {
            int so = filled.getOrDefault(fact.id(), before);
            DropReason refused = Places.refuse(fact.place(), so, count);
            if (refused == null) {
                filled.put(fact.id(), fact.place());
            }
            return refused;
        }

        private Kept kept(UUID battleId) {
            return known.getOrDefault(battleId, Kept.NOTHING);
        }

        private @Nullable End end(UUID battleId) {
            End end = ends.get(battleId);
            return end == null ? kept(battleId).end() : end;
        }

        private List<Surplus> surplus() {
            List<Surplus> surplus = new ArrayList<>();
            ends.forEach((battleId, end) -> {
                Kept kept = kept(battleId);
                if (kept.end() == null
                        && (kept.messages() > end.messages() || kept.verdicts() > end.verdicts())) {
                    surplus.add(new Surplus(battleId, end));
                }
            });
            return surplus;
        }
    }
}
