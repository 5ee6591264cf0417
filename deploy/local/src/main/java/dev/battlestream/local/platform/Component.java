package dev.battlestream.local.platform;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A process of the platform, in the order in which they start; they stop the other way round. */
public enum Component {
    POSTGRES(Kind.SERVER),
    KAFKA(Kind.SERVER),
    REGISTRY(Kind.SERVER),
    REPORT(Kind.SERVICE),
    RUNNER(Kind.SERVICE),
    JUDGE(Kind.SERVICE),
    GATEWAY(Kind.SERVICE);

    /** Whose program it is. */
    public enum Kind {
        /** Another project's server, laid out by the build. */
        SERVER,
        /** One of our services. */
        SERVICE
    }

    private final Kind kind;

    Component(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The name on the command line, in file names and on screen. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The component of that name, if there is one. */
    public static Optional<Component> named(String label) {
        return Arrays.stream(values()).filter(c -> c.label().equals(label)).findFirst();
    }

    /** All servers, or all services, in the order in which they start. */
    public static List<Component> of(Kind kind) {
        return Arrays.stream(values()).filter(c -> c.kind == kind).toList();
    }

    /** What stops together, first to last: nobody loses a server that it still talks to. */
    public static List<List<Component>> stopOrder() {
        return List.of(
                List.of(GATEWAY),
                List.of(RUNNER, JUDGE, REPORT),
                List.of(REGISTRY),
                List.of(KAFKA, POSTGRES));
    }
}
