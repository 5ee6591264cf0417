package dev.battlestream.gateway.battle.adapter;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of waiting for the end of a battle in its start.
 *
 * @param requestTimeout longest wait, whole seconds, 1 s to 1 h
 * @param most starts that wait at the same time; more are answered at once
 */
@ConfigurationProperties("battlestream.waiting")
record WaitSettings(Duration requestTimeout, int most) {

    private static final Duration LONGEST = Duration.ofHours(1);

    WaitSettings {
        if (requestTimeout.toSeconds() < 1
                || requestTimeout.compareTo(LONGEST) > 0
                || !requestTimeout.equals(Duration.ofSeconds(requestTimeout.toSeconds()))) {
            throw new IllegalArgumentException(
                    "battlestream.waiting.request-timeout must be 1 s to 1 h in whole seconds");
        }
        if (most < 0) {
            throw new IllegalArgumentException("battlestream.waiting.most must not be negative");
        }
    }
}
