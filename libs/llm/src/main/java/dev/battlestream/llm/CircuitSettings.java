package dev.battlestream.llm;

import java.time.Duration;

/**
 * When a model of a provider is given a rest: after attempts that failed because the provider was
 * overloaded, silent, out of reach or sent garbage.
 *
 * @param enabled true if absent
 * @param failurePercent the part of the last attempts that failed from which on no more are made, 1
 *     to 100; 50 if absent
 * @param window the attempts looked at, 2 to 10,000; 50 if absent
 * @param minimum the attempts without which nothing is concluded, 1 to {@code window}; 20 if absent
 * @param rest how long no attempt is made, 10 ms to 1 h; 30 s if absent
 * @param trials attempts made after that, by which is decided anew, 1 to 100; 3 if absent
 */
public record CircuitSettings(
        Boolean enabled,
        Integer failurePercent,
        Integer window,
        Integer minimum,
        Duration rest,
        Integer trials) {

    public CircuitSettings {
        enabled = enabled == null || enabled;
        failurePercent = failurePercent == null ? 50 : failurePercent;
        window = window == null ? 50 : window;
        minimum = minimum == null ? Math.min(20, window) : minimum;
        rest = rest == null ? Duration.ofSeconds(30) : rest;
        trials = trials == null ? 3 : trials;
        Refuse.unless(
                failurePercent >= 1 && failurePercent <= 100,
                "circuit.failure-percent must be 1 to 100");
        Refuse.unless(window >= 2 && window <= 10_000, "circuit.window must be 2 to 10000");
        Refuse.unless(minimum >= 1 && minimum <= window, "circuit.minimum must be 1 to window");
        Refuse.outside("circuit.rest", rest, Duration.ofMillis(10), Duration.ofHours(1));
        Refuse.unless(trials >= 1 && trials <= 100, "circuit.trials must be 1 to 100");
    }

    public static CircuitSettings defaults() {
        return new CircuitSettings(true, 50, 50, 20, Duration.ofSeconds(30), 3);
    }

    /** A circuit that never opens. */
    public static CircuitSettings off() {
        return new CircuitSettings(false, 50, 50, 20, Duration.ofSeconds(30), 3);
    }
}
