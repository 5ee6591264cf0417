package dev.battlestream.gateway.stream;

/**
 * How much a viewer has of the message that is being written.
 *
 * @param number of the draft that it has some of, 0 for none
 * @param end characters of the message up to where it has them
 */
public record DraftPlace(long number, int end) {

    static final DraftPlace NONE = new DraftPlace(0, 0);
}
