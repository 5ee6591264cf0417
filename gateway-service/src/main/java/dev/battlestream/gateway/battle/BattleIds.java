package dev.battlestream.gateway.battle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Battle ids: how they are written, and those that follow from something else. */
public final class BattleIds {

    private static final UUID NAMESPACE = UUID.fromString("5b0b6c5e-3d0f-4d53-9a1c-8e3f6f6f2a54");

    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private BattleIds() {}

    /** Reads an id in its canonical form of 36 characters, the only one that is known here. */
    public static Optional<UUID> parse(String text) {
        return CANONICAL.matcher(text).matches()
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    /**
     * The id of the battle that a client starts with an idempotency key: a name-based UUID (RFC
     * 9562, version 5), so the same key of the same client is the same battle on every gateway, and
     * nothing has to be remembered for that.
     */
    public static UUID ofKey(String client, String key) {
        MessageDigest sha1;
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
        sha1.update(
                ByteBuffer.allocate(16)
                        .putLong(NAMESPACE.getMostSignificantBits())
                        .putLong(NAMESPACE.getLeastSignificantBits())
                        .flip());
        // The line break divides: neither a client's name nor a key can hold one.
        ByteBuffer hash =
                ByteBuffer.wrap(
                        sha1.digest((client + "\n" + key).getBytes(StandardCharsets.UTF_8)));
        return new UUID(
                (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x5000L,
                (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
    }
}
