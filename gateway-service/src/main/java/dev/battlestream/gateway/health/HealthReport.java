package dev.battlestream.gateway.health;

import java.util.Map;
import java.util.TreeMap;

/**
 * How everything is doing.
 *
 * @param status up: all of it; degraded: battles can be started and read, but something is missing;
 *     down: they cannot
 * @param services the other services by name
 * @param workers the instances of each role that are alive
 */
public record HealthReport(
        State status,
        Map<String, Dependency> services,
        Map<String, Workers> workers,
        Dependency broker,
        Dependency registry,
        Dependency database) {

    /** The service that reads depend on. */
    public static final String REPORT = "report";

    public HealthReport {
        services = new TreeMap<>(services);
        workers = new TreeMap<>(workers);
    }

    /** Weighs what the dependencies say. */
    public static HealthReport of(
            Map<String, Dependency> services,
            Map<String, Workers> workers,
            Dependency broker,
            Dependency registry,
            Dependency database) {
        boolean allUp =
                broker.up()
                        && registry.up()
                        && database.up()
                        && services.values().stream().allMatch(Dependency::up)
                        && workers.values().stream().allMatch(Workers::up);
        Dependency report = services.get(REPORT);
        boolean usable = broker.up() && database.up() && (report == null || report.up());
        // The registry is not needed for that: the schemas' ids are known since the start.
        State status = allUp ? State.UP : usable ? State.DEGRADED : State.DOWN;
        return new HealthReport(status, services, workers, broker, registry, database);
    }

    /** How the whole is doing. */
    public enum State {
        UP,
        DEGRADED,
        DOWN
    }

    /**
     * How one dependency is doing.
     *
     * @param status up or down
     * @param latencyMs time it took to find out, in milliseconds
     */
    public record Dependency(State status, long latencyMs) {

        boolean up() {
            return status == State.UP;
        }
    }
}
