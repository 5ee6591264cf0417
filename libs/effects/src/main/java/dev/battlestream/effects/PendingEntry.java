package dev.battlestream.effects;

import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * What the store keeps of a pending effect.
 *
 * @param attempt dispatches so far; 0 while it has only waited
 * @param recordedAt when it was started, milliseconds since the epoch
 * @param counter order among effects of one task that were started in the same millisecond
 * @param payload the effect's own bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; copied by the store.
record PendingEntry(int attempt, long recordedAt, int counter, byte[] payload) {

    static final Comparator<PendingEntry> IN_ORDER =
            Comparator.comparingLong(PendingEntry::recordedAt)
                    .thenComparingInt(PendingEntry::counter);

    private static final byte[] NOTHING = {};
    private static final byte VERSION = 1;
    private static final int HEADER = Byte.BYTES + Integer.BYTES + Long.BYTES + Integer.BYTES;

    PendingEntry dispatched() {
        return new PendingEntry(attempt + 1, recordedAt, counter, payload);
    }

    /** The same for the order only. */
    PendingEntry withoutPayload() {
        return new PendingEntry(attempt, recordedAt, counter, NOTHING);
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(HEADER + payload.length)
                .put(VERSION)
                .putInt(attempt)
                .putLong(recordedAt)
                .putInt(counter)
                .put(payload)
                .array();
    }

    /**
     * @throws IllegalStateException for a version that this release does not know
     */
    static PendingEntry ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte version = buffer.get();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "A pending effect has format "
                            + version
                            + ", but this release reads only "
                            + VERSION);
        }
        int attempt = buffer.getInt();
        long recordedAt = buffer.getLong();
        int counter = buffer.getInt();
        byte[] payload = new byte[buffer.remaining()];
        buffer.get(payload);
        return new PendingEntry(attempt, recordedAt, counter, payload);
    }
}
