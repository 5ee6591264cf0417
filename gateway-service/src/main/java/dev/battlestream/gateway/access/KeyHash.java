package dev.battlestream.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of an API key. A slow hash such as bcrypt protects what people choose, of which there
 * are few enough to try; a key is 256 random bits, which nobody can try through with any hash, and
 * a fast one lets every request be checked in a microsecond, so that checking is no way to overload
 * the gateway.
 */
public final class KeyHash {

    private static final String PREFIX = "sha256:";

    private static final Pattern TEXT = Pattern.compile(PREFIX + "[0-9a-f]{64}");

    private final byte[] bytes;

    private KeyHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads {@code sha256:} and 64 hexadecimal digits in lower case. */
    public static KeyHash parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            // Somebody may have put the key itself there: it is not repeated.
            throw new IllegalArgumentException(
                    "The hash of an API key is sha256: and 64 hexadecimal digits in lower case");
        }
        return new KeyHash(HexFormat.of().parseHex(text.substring(PREFIX.length())));
    }

    /** The hash of what somebody presents. */
    static KeyHash of(String key) {
        try {
            return new KeyHash(
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether both are the same; takes the same time wherever they differ. */
    boolean matches(KeyHash other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }
}
