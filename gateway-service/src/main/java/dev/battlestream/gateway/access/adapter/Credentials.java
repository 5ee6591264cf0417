package dev.battlestream.gateway.access.adapter;

import dev.battlestream.gateway.access.Access;
import dev.battlestream.gateway.access.ApiKey;
import dev.battlestream.gateway.access.ApiKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** What a request presents to be let in. */
sealed interface Credentials {

    String KEY_HEADER = "X-API-Key";

    /** For streams only: {@code EventSource} in a browser sends no headers of one's own. */
    String PARAMETER = "access_token";

    /** The request attribute that keeps what has been read. */
    String READ = Credentials.class.getName();

    String SCHEME = "Bearer ";

    /** Nothing. */
    record None() implements Credentials {}

    /** Something that is no key. */
    record Unknown() implements Credentials {}

    /**
     * A key.
     *
     * @param inUrl whether it stood in the URL, where proxies and browsers may note it
     */
    record Known(ApiKey key, boolean inUrl) implements Credentials {}

    /** Reads the header of keys, else that of bearers, else a stream's URL; the first decides. */
    static Credentials of(HttpServletRequest request, ApiKeys keys) {
        if (request.getAttribute(READ) instanceof Credentials known) {
            return known;
        }
        Credentials credentials = read(request, keys);
        request.setAttribute(READ, credentials);
        return credentials;
    }

    private static Credentials read(HttpServletRequest request, ApiKeys keys) {
        @Nullable String key = request.getHeader(KEY_HEADER);
        if (key != null) {
            return known(keys.find(key.strip()), false);
        }
        @Nullable String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                    ? known(keys.find(authorization.substring(SCHEME.length()).strip()), false)
                    : new Unknown();
        }
        if (Access.isStream(request.getMethod(), request.getServletPath())) {
            @Nullable String parameter = request.getParameter(PARAMETER);
            if (parameter != null) {
                return known(keys.find(parameter), true);
            }
        }
        return new None();
    }

    private static Credentials known(Optional<ApiKey> key, boolean inUrl) {
        return key.<Credentials>map(found -> new Known(found, inUrl)).orElseGet(Unknown::new);
    }
}
