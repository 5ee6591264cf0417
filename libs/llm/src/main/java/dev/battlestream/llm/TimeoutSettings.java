package dev.battlestream.llm;

import java.time.Duration;

/**
 * How long a provider is waited for; what a whole call may take is {@link LlmSettings#callTimeout}.
 *
 * @param connect until there is a connection, 10 ms to 5 min; 10 s if absent
 * @param firstToken from the request until the reply begins, however many comments keep the
 *     connection alive, 10 ms to 2 h; 2 min if absent. Of a provider that does not stream, until
 *     the whole reply begins to arrive
 * @param idle the longest silence within a reply, 10 ms to 1 h; 60 s if absent
 */
public record TimeoutSettings(Duration connect, Duration firstToken, Duration idle) {

    public TimeoutSettings {
        connect = connect == null ? Duration.ofSeconds(10) : connect;
        firstToken = firstToken == null ? Duration.ofMinutes(2) : firstToken;
        idle = idle == null ? Duration.ofSeconds(60) : idle;
        Duration least = Duration.ofMillis(10);
        Refuse.outside("providers.*.timeouts.connect", connect, least, Duration.ofMinutes(5));
        Refuse.outside("providers.*.timeouts.first-token", firstToken, least, Duration.ofHours(2));
        Refuse.outside("providers.*.timeouts.idle", idle, least, Duration.ofHours(1));
    }

    public static TimeoutSettings defaults() {
        return new TimeoutSettings(
                Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofSeconds(60));
    }
}
