package dev.battlestream.testkit;

/** Holds the instance of {@link Infra#shared}, made at its first use. */
final class SharedInfra {

    static final Infra INSTANCE = choose(System.getProperty(Infra.PROPERTY, "processes"));

    private SharedInfra() {}

    private static Infra choose(String kind) {
        return switch (kind) {
            case "processes" -> new ProcessInfra(InfraHome.find());
            case "containers" -> new ContainerInfra();
            default ->
                    throw new IllegalStateException(
                            Infra.PROPERTY + " is processes or containers, not " + kind);
        };
    }
}
