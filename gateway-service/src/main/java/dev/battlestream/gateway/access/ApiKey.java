package dev.battlestream.gateway.access;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A key that the operator has given to somebody.
 *
 * @param name its owner, for whom limits count; several keys may have one, so that a key can be
 *     replaced without a pause
 * @param scopes what it allows; at least one
 * @param hash of the key, which itself nobody but its owner has
 */
public record ApiKey(String name, Set<Scope> scopes, KeyHash hash) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public ApiKey {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The name of an API key has 1 to 64 letters, digits, dots, dashes and"
                            + " underscores, and begins with a letter or digit");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("The API key of %s has no scope".formatted(name));
        }
        scopes = Set.copyOf(scopes);
    }

    /** Whether the key allows what needs this scope. */
    public boolean allows(Scope needed) {
        return needed.grantedBy(scopes);
    }
}
