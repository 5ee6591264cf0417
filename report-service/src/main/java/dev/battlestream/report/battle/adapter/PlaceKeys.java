package dev.battlestream.report.battle.adapter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of rows that have a place in a battle: two bytes with the length of the battle id, the id in
 * UTF-8, four bytes with the place, all big-endian. Rows of a battle lie side by side in the order
 * of their places, and no battle id is another's prefix.
 */
public final class PlaceKeys {

    /** A battle id of more bytes is not taken in. */
    static final int MOST_ID_BYTES = 200;

    private PlaceKeys() {}

    /**
     * The key of a place, 0 or more.
     *
     * @throws IllegalArgumentException if the battle id is longer than {@link #MOST_ID_BYTES}
     */
    public static Bytes of(String battleId, int place) {
        byte[] id = battleId.getBytes(StandardCharsets.UTF_8);
        if (id.length > MOST_ID_BYTES) {
            throw new IllegalArgumentException("battle id of " + id.length + " bytes");
        }
        return Bytes.wrap(
                ByteBuffer.allocate(Short.BYTES + id.length + Integer.BYTES)
                        .putShort((short) id.length)
                        .put(id)
                        .putInt(place)
                        .array());
    }

    /** The place that a key names. */
    static int place(Bytes key) {
        byte[] bytes = key.get();
        return ByteBuffer.wrap(bytes).getInt(bytes.length - Integer.BYTES);
    }
}
