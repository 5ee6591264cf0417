package dev.battlestream.gateway.stream;

/**
 * How far a viewer has read.
 *
 * @param cursor of the last event it has
 * @param status number of the last status it has, 0 for none
 * @param draft what it has of the message that is being written
 */
public record Place(long cursor, long status, DraftPlace draft) {

    /** The same viewer when it has everything up to a cursor. */
    public Place movedTo(long newCursor) {
        return new Place(newCursor, status, draft);
    }

    /** Where a viewer begins that has everything up to a cursor. */
    public static Place after(long cursor) {
        return new Place(cursor, 0, DraftPlace.NONE);
    }
}
