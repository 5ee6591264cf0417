package dev.battlestream.policy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The battle ids of a scale run's members. They follow from the run id and the member's place, so
 * that nothing is started twice, and the place can be read off: a UUID of version 8 (RFC 9562)
 * whose first 12 bytes are those of SHA-256 over the run id in lower-case text, version and variant
 * bits apart, and whose last 4 bytes are the place, big-endian.
 */
public final class MemberIds {

    private static final long VERSION_BITS = 0xF000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long INDEX_BITS = 0xFFFF_FFFFL;

    private MemberIds() {}

    /**
     * The battle id of a member.
     *
     * @param index the member's place in the run, from 1
     */
    public static UUID of(UUID runId, int index) {
        if (index < 1) {
            throw new IllegalArgumentException("index must be at least 1, is " + index);
        }
        ByteBuffer digest = ByteBuffer.wrap(sha256(runId));
        long high = (digest.getLong() & ~VERSION_BITS) | VERSION_8;
        long low = (digest.getLong() & ~VARIANT_BITS) | VARIANT;
        return new UUID(high, (low & ~INDEX_BITS) | index);
    }

    /** The place of a battle in a run, from 1; empty if it is none of the run's. */
    public static OptionalInt index(UUID runId, UUID battleId) {
        int index = (int) battleId.getLeastSignificantBits();
        return index >= 1 && of(runId, index).equals(battleId)
                ? OptionalInt.of(index)
                : OptionalInt.empty();
    }

    private static byte[] sha256(UUID runId) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(runId.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
