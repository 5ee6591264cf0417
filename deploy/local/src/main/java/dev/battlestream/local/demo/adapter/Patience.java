package dev.battlestream.local.demo.adapter;

import dev.battlestream.local.battles.adapter.Gateway;
import dev.battlestream.local.battles.adapter.GatewayException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** Waits for what takes a moment, within bounds. */
final class Patience {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int TOO_MANY = 429;

    /** Whoever asks more often than this is soon refused for asking too often. */
    private static final Duration FOR_ROOM = Duration.ofSeconds(1);

    private Patience() {}

    /**
     * Whether the condition came true in time; what the gateway does not answer is not yet true.
     */
    static boolean until(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            pause(POLL);
        }
        return true;
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (GatewayException e) {
            return false;
        }
    }

    /** Starts a battle, waiting while the client has as many running as it may. */
    static UUID start(Gateway gateway, JsonNode body) {
        String key = UUID.randomUUID().toString();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try {
                JsonNode answer = gateway.start(body, key);
                return UUID.fromString(answer.path("battleId").asString(""));
            } catch (GatewayException e) {
                boolean passing =
                        e.status() == TOO_MANY
                                || e.status() == 503
                                || e.status() == GatewayException.UNREACHABLE;
                if (!passing || System.nanoTime() > deadline) {
                    throw e;
                }
                pause(e.status() == TOO_MANY ? FOR_ROOM : POLL);
            }
        }
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
