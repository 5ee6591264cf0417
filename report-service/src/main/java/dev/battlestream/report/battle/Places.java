package dev.battlestream.report.battle;

import org.jspecify.annotations.Nullable;

/**
 * The rule that makes repeated, late and surplus records harmless: a place is filled once, by the
 * first record, in order, and not beyond what the outcome says belongs to the battle.
 *
 * <p>Every view asks it about its own rows and about nothing that it remembers beside them. So a
 * row that was lost with an unfinished write is filled again by the replay, whatever other views
 * still know.
 */
public final class Places {

    private Places() {}

    /**
     * Why a record may not fill its place, or null if it may.
     *
     * @param place place of the record, from 1
     * @param taken whether the place is filled
     * @param previousTaken whether the place before is filled; ignored for place 1
     * @param count how many places belong to the battle; null while it has not ended
     */
    public static @Nullable DropReason refuse(
            int place, boolean taken, boolean previousTaken, @Nullable Integer count) {
        if (place < 1) {
            return DropReason.BAD_PLACE;
        }
        if (count != null && place > count) {
            return DropReason.BEYOND_END;
        }
        if (taken) {
            return DropReason.DUPLICATE;
        }
        return place == 1 || previousTaken ? null : DropReason.GAP;
    }

    /** The same for a view that keeps only how many places are filled, without a hole. */
    public static @Nullable DropReason refuse(int place, int filled, @Nullable Integer count) {
        return refuse(place, place <= filled, place - 1 <= filled, count);
    }
}
