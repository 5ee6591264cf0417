package dev.battlestream.local.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/**
 * A key that has just been made. It is shown once; the gateway is told its hash only.
 *
 * @param name its owner
 * @param scopes what it allows
 * @param key the secret: {@code bsk_} and 256 random bits, so that scanners of leaked secrets find
 *     it
 */
public record NewKey(String name, SequencedSet<Scope> scopes, String key) {

    /** Random bytes of a key. */
    public static final int BYTES = 32;

    private static final String PREFIX = "bsk_";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** What a key can allow. */
    public enum Scope {
        READ,
        START,
        ADMIN
    }

    public NewKey {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A name has 1 to 64 letters, digits, dots, dashes and underscores, and begins"
                            + " with a letter or digit");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("A key needs a scope: read, start or admin");
        }
    }

    /**
     * Makes a key.
     *
     * @param random {@value #BYTES} bytes of a secure source
     */
    public static NewKey of(String name, SequencedSet<Scope> scopes, byte[] random) {
        if (random.length != BYTES) {
            throw new IllegalArgumentException("A key needs %d random bytes".formatted(BYTES));
        }
        return new NewKey(
                name,
                scopes,
                PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** What the gateway keeps of the key. */
    public String hash() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.US_ASCII));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The gateway's setting, as YAML below {@code battlestream.access.keys}. */
    public String yaml() {
        return "- {name: %s, scopes: [%s], hash: \"%s\"}"
                .formatted(name, String.join(", ", names()), hash());
    }

    /**
     * The same as environment variables.
     *
     * @param index place in the list of keys, from 0 without gaps
     */
    public List<String> variables(int index) {
        String prefix = "BATTLESTREAM_ACCESS_KEYS_%d_".formatted(index);
        return List.of(
                prefix + "NAME=" + name,
                prefix + "SCOPES=" + String.join(",", names()),
                prefix + "HASH=" + hash());
    }

    private List<String> names() {
        return scopes.stream().map(scope -> scope.name().toLowerCase(Locale.ROOT)).toList();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "NewKey[name=%s, scopes=%s]".formatted(name, scopes);
    }
}
