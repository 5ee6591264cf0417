package dev.battlestream.local.platform.adapter;

import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where everything is.
 *
 * @param root of the repository: the built services and servers
 * @param folder of this platform's data, logs and process files
 * @param ports of this platform
 */
public record Home(Path root, Path folder, Ports ports) {

    /** The system property with the repository's root, set by the start script. */
    public static final String ROOT_PROPERTY = "battlestream.root";

    private static final String RUN = "run";

    /** The environment variable that moves {@link #folder}. */
    public static final String SETTING = "BATTLESTREAM_HOME";

    /**
     * The platform that the environment describes, by default in the working folder; on the ports
     * it runs on where the environment names none.
     */
    public static Home from(Map<String, String> environment) {
        String named = environment.get(SETTING);
        Path folder =
                Path.of(named == null || named.isBlank() ? ".battlestream" : named)
                        .toAbsolutePath()
                        .normalize();
        String base = environment.get(Ports.SETTING);
        return new Home(
                Path.of(System.getProperty(ROOT_PROPERTY, "")).toAbsolutePath().normalize(),
                folder,
                Ports.from(
                        base == null || base.isBlank()
                                ? new RunFiles(folder.resolve(RUN)).portSetting().orElse("")
                                : base));
    }

    Path data(Component component) {
        return folder.resolve("data").resolve(component.label());
    }

    /** Where a service keeps what it can make again from the log. */
    public Path state(Component component) {
        return folder.resolve("state").resolve(component.label());
    }

    /** The JDBC address of the services' database. */
    public String databaseUrl() {
        return ports.jdbcUrl(Launcher.SERVICES_DATABASE);
    }

    /** The log of a component. */
    public Path log(Component component) {
        return folder.resolve("logs").resolve(component.label() + ".log");
    }

    Path run() {
        return folder.resolve(RUN);
    }

    /** Where a service notes every call of a scripted model. */
    public Path callLog(Component component) {
        return run().resolve(component.label() + "-calls.jsonl");
    }

    /** The program of a service as the build makes it: one file, its libraries inside. */
    Path jar(Component service) {
        return target(service).resolve(program(service));
    }

    /**
     * The program to run: its libraries beside it where the start script has laid them out, which
     * starts a third faster; a layout older than the build is passed over.
     */
    Path startableJar(Component service) {
        Path laidOut = target(service).resolve("app").resolve(program(service));
        boolean fresh =
                modified(target(service).resolve("app/laid-out"))
                        > modified(target(service).resolve(program(service) + ".original"));
        return fresh && Files.isRegularFile(laidOut) ? laidOut : jar(service);
    }

    private Path target(Component service) {
        return root.resolve(service.label() + "-service").resolve("target");
    }

    private static String program(Component service) {
        return service.label() + "-service.jar";
    }

    /** Milliseconds since the epoch, 0 for a file that does not exist. */
    private static long modified(Path file) {
        return file.toFile().lastModified();
    }

    Path infra() {
        return root.resolve("libs/infra/target/infra");
    }
}
