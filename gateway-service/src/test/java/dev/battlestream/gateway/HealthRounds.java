package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a gateway takes to say that something hangs. */
final class HealthRounds {

    private static final int ROUNDS = 5;
    private static final Duration KEPT_ANSWER = Duration.ofMillis(100);
    private static final Duration PROMISED = Duration.ofMillis(500);

    private HealthRounds() {}

    /**
     * Asks for health until something has been waited for several times: an answer that is kept
     * from the round before comes at once, and shows nothing.
     */
    static void assertInTimeWhileSomethingHangs(RunningGateway gateway) {
        List<Duration> rounds = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    long begin = System.nanoTime();
                    gateway.get("/api/health");
                    Duration took = Duration.ofNanos(System.nanoTime() - begin);
                    if (took.compareTo(KEPT_ANSWER) > 0) {
                        rounds.add(took);
                    }
                    return rounds.size() == ROUNDS;
                });
        assertThat(rounds.stream().sorted().toList().get(ROUNDS / 2))
                .as("the median of %s", rounds)
                .isLessThanOrEqualTo(PROMISED);
    }
}
