package dev.battlestream.gateway.access.adapter;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Without API keys everybody who reaches the gateway may spend money: it listens to this machine
 * only, unless the operator says that more is meant.
 */
final class LoopbackRule {

    private LoopbackRule() {}

    /**
     * Checks where the gateway would listen, before it does.
     *
     * @param address the address to listen on; null stands for all of them
     * @throws ExposedWithoutKeysException if it may not
     */
    static void check(@Nullable InetAddress address, boolean allowed) {
        boolean loopback = address != null && address.isLoopbackAddress();
        if (!loopback && !allowed) {
            throw new ExposedWithoutKeysException(
                    address == null ? "every address" : address.getHostAddress());
        }
    }
}
