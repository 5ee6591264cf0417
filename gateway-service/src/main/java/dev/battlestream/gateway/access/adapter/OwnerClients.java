package dev.battlestream.gateway.access.adapter;

import dev.battlestream.gateway.access.ApiKeys;
import dev.battlestream.gateway.exchange.adapter.Clients;
import jakarta.servlet.http.HttpServletRequest;

/** Takes the owner of the key for the client; who shows none stays an address, and is refused. */
final class OwnerClients implements Clients {

    private final ApiKeys keys;
    private final Clients addresses;

    OwnerClients(ApiKeys keys, Clients addresses) {
        this.keys = keys;
        this.addresses = addresses;
    }

    @Override
    public String of(HttpServletRequest request) {
        return switch (Credentials.of(request, keys)) {
            case Credentials.Known known -> "key:" + known.key().name();
            case Credentials.None _, Credentials.Unknown _ -> addresses.of(request);
        };
    }
}
