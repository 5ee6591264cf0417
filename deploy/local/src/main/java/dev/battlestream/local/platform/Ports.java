package dev.battlestream.local.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which loopback port belongs to whom.
 *
 * @param setting what they were planned from, empty for the defaults
 * @param byComponent each component's port
 * @param registryManagement health and metrics of the registry
 */
public record Ports(String setting, Map<Component, Integer> byComponent, int registryManagement) {

    /** The environment variable that moves all ports. */
    public static final String SETTING = "BATTLESTREAM_PORT_BASE";

    private static final int DEFAULT_BASE = 8080;
    private static final int DEFAULT_KAFKA = 9092;
    private static final int DEFAULT_POSTGRES = 15432;
    private static final int LOWEST = 1024;
    private static final int HIGHEST = 65_535;
    private static final int SPAN = 12;

    public Ports {
        byComponent = Map.copyOf(byComponent);
    }

    /**
     * The ports of a platform.
     *
     * @param base the value of {@link #SETTING}, the gateway's port; null or blank for the defaults
     * @throws IllegalArgumentException with a readable message when it is no usable port
     */
    public static Ports from(@Nullable String base) {
        if (base == null || base.isBlank()) {
            return plan("", DEFAULT_BASE, DEFAULT_KAFKA, DEFAULT_POSTGRES, DEFAULT_BASE + 2);
        }
        int first = parse(base.strip());
        return plan(Integer.toString(first), first, first + 10, first + 11, first + SPAN);
    }

    private static int parse(String base) {
        String rule =
                "%s is %s, but must be a number from %d to %d: the gateway's port, with %d more above it"
                        .formatted(SETTING, base, LOWEST, HIGHEST - SPAN, SPAN);
        int first;
        try {
            first = Integer.parseInt(base);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(rule, e);
        }
        if (first < LOWEST || first > HIGHEST - SPAN) {
            throw new IllegalArgumentException(rule);
        }
        return first;
    }

    private static Ports plan(
            String setting, int base, int kafka, int postgres, int registryManagement) {
        return new Ports(
                setting,
                Map.of(
                        Component.GATEWAY, base,
                        Component.REGISTRY, base + 1,
                        Component.REPORT, base + 3,
                        Component.RUNNER, base + 4,
                        Component.JUDGE, base + 5,
                        Component.KAFKA, kafka,
                        Component.POSTGRES, postgres),
                registryManagement);
    }

    /** The port of one component. */
    public int of(Component component) {
        Integer port = byComponent.get(component);
        if (port == null) {
            throw new IllegalStateException("No port is planned for " + component.label());
        }
        return port;
    }

    /** Every port a component listens on, with a name for people. */
    public Map<String, Integer> listenedBy(Component component) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put(component.label(), of(component));
        if (component == Component.REGISTRY) {
            ports.put("registry management", registryManagement);
        }
        return ports;
    }

    /** The broker's address for clients. */
    public String bootstrapServers() {
        return "127.0.0.1:" + of(Component.KAFKA);
    }

    /** The address of a component that speaks HTTP. */
    public String url(Component component) {
        return "http://127.0.0.1:" + of(component);
    }

    /** The registry's native API. */
    public String registryUrl() {
        return url(Component.REGISTRY) + "/apis/registry/v3";
    }

    /** The JDBC address of a database. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + of(Component.POSTGRES) + "/" + database;
    }
}
