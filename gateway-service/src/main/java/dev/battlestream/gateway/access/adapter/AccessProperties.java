package dev.battlestream.gateway.access.adapter;

import dev.battlestream.gateway.access.ApiKey;
import dev.battlestream.gateway.access.ApiKeys;
import dev.battlestream.gateway.access.KeyHash;
import dev.battlestream.gateway.access.Origins;
import dev.battlestream.gateway.access.Scope;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of who may do what.
 *
 * @param keys the API keys; with none, everybody who reaches the gateway may use it
 * @param allowUnauthenticatedRemote whether the gateway may listen beyond loopback without keys
 * @param allowedOrigins origins of the pages that may call from a browser, besides the gateway's
 *     own
 */
@ConfigurationProperties("battlestream.access")
record AccessProperties(
        @DefaultValue List<Key> keys,
        boolean allowUnauthenticatedRemote,
        @DefaultValue List<String> allowedOrigins) {

    /**
     * One key.
     *
     * @param name its owner
     * @param hash what {@code battlestream key new} printed; never the key itself
     */
    record Key(String name, @DefaultValue Set<Scope> scopes, String hash) {

        ApiKey read() {
            return new ApiKey(name, scopes, KeyHash.parse(hash));
        }
    }

    ApiKeys apiKeys() {
        return new ApiKeys(keys.stream().map(Key::read).toList());
    }

    Origins origins() {
        return Origins.parse(allowedOrigins);
    }
}
