package dev.battlestream.gateway.access;

import java.util.List;
import java.util.Optional;

/**
 * All keys. None at all means that nobody has to show one.
 *
 * @param keys no two with the same hash
 */
public record ApiKeys(List<ApiKey> keys) {

    /** Longer than any key that was ever made, in characters; not worth hashing. */
    private static final int LONGEST = 512;

    public ApiKeys {
        keys = List.copyOf(keys);
        for (ApiKey key : keys) {
            if (keys.stream().filter(other -> other.hash().matches(key.hash())).count() > 1) {
                throw new IllegalArgumentException(
                        "Two API keys have the same hash, one of them of " + key.name());
            }
        }
    }

    /** Whether a key has to be shown. */
    public boolean required() {
        return !keys.isEmpty();
    }

    /** The key that somebody presents, if it is one; looks at all of them in any case. */
    public Optional<ApiKey> find(String presented) {
        if (presented.length() > LONGEST) {
            return Optional.empty();
        }
        KeyHash hash = KeyHash.of(presented);
        Optional<ApiKey> found = Optional.empty();
        for (ApiKey key : keys) {
            if (key.hash().matches(hash)) {
                found = Optional.of(key);
            }
        }
        return found;
    }
}
