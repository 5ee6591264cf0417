package dev.battlestream.local.platform.adapter;

import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.Ports;
import dev.battlestream.testkit.ForkedProcess;
import dev.battlestream.testkit.InfraHome;
import dev.battlestream.testkit.JavaProcess;
import dev.battlestream.testkit.KafkaProcess;
import dev.battlestream.testkit.Lifetime;
import dev.battlestream.testkit.PostgresProcess;
import dev.battlestream.testkit.Probe;
import dev.battlestream.testkit.RegistryProcess;
import dev.battlestream.testkit.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Starts one component as a process that outlives this command, and waits until it answers. */
final class Launcher {

    /** The environment variable with more options for each service's JVM. */
    static final String JAVA_OPTIONS = "BATTLESTREAM_JAVA_OPTIONS";

    static final String SERVICES_DATABASE = "battlestream";

    private static final String REGISTRY_DATABASE = "registry";
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final long LOG_KEPT_BYTES = 5L * 1024 * 1024;
    private static final int TAIL_LINES = 20;

    private final Home home;
    private final RunFiles runs;
    private final Map<String, String> environment;

    /**
     * @param environment of this command; what it says of models is passed on to the services
     */
    Launcher(Home home, RunFiles runs, Map<String, String> environment) {
        this.home = home;
        this.runs = runs;
        this.environment = Map.copyOf(environment);
    }

    /** What the command was told, and with it the services. */
    Map<String, String> environment() {
        return environment;
    }

    /**
     * Forks the component and returns when it answers.
     *
     * @throws PlatformException with the end of its log when it does not
     */
    void launch(Component component) {
        keepLogSmall(home.log(component));
        try {
            ForkedProcess process = fork(component);
            runs.write(component, process.handle());
        } catch (RuntimeException e) {
            throw new PlatformException(
                    component.label() + " cannot be started: " + e.getMessage(), e);
        }
        awaitReady(component);
    }

    /** Waits for a component that was started before, by whomever. */
    void awaitReady(Component component) {
        long deadline = System.nanoTime() + READY_LIMIT.toNanos();
        while (!answers(component)) {
            if (runs.alive(component).isEmpty()) {
                throw new PlatformException(component.label() + " died" + endOfLog(component));
            }
            if (System.nanoTime() > deadline) {
                throw new PlatformException(
                        "%s does not answer after %d min%s"
                                .formatted(
                                        component.label(),
                                        READY_LIMIT.toMinutes(),
                                        endOfLog(component)));
            }
            pause();
        }
    }

    /** Whether the component answers now. */
    boolean answers(Component component) {
        int port = home.ports().of(component);
        return switch (component) {
            case POSTGRES -> postgres().answers(runs.alive(component).map(ProcessHandle::pid));
            case KAFKA -> kafka().answers();
            case REGISTRY -> Probe.ok(home.ports().registryManagement(), "/health/ready");
            case REPORT, RUNNER, JUDGE, GATEWAY -> Probe.ok(port, "/actuator/health/readiness");
        };
    }

    /** Asks a component to end, in the way that suits it. */
    void askToStop(Component component, ProcessHandle process) {
        if (component == Component.POSTGRES) {
            postgres().stopFast();
        } else {
            process.destroy();
        }
    }

    String endOfLog(Component component) {
        List<String> lines = ForkedProcess.tail(home.log(component), TAIL_LINES);
        if (lines.isEmpty()) {
            return "; its log " + home.log(component) + " is empty";
        }
        return "; the end of its log " + home.log(component) + ":\n  " + String.join("\n  ", lines);
    }

    private ForkedProcess fork(Component component) {
        return switch (component) {
            case POSTGRES -> forked(postgres());
            case KAFKA -> forked(kafka());
            case REGISTRY -> forked(registry());
            case REPORT, RUNNER, JUDGE, GATEWAY -> service(component);
        };
    }

    private static ForkedProcess forked(ServerProcess server) {
        server.start();
        return server.process();
    }

    private InfraHome infra() {
        return InfraHome.at(home.infra());
    }

    private PostgresProcess postgres() {
        return new PostgresProcess(
                infra(),
                home.data(Component.POSTGRES),
                home.ports().of(Component.POSTGRES),
                List.of(SERVICES_DATABASE, REGISTRY_DATABASE),
                home.log(Component.POSTGRES),
                Lifetime.OUTLIVES_PARENT);
    }

    private KafkaProcess kafka() {
        return new KafkaProcess(
                infra(),
                home.data(Component.KAFKA),
                home.ports().of(Component.KAFKA),
                "384m",
                home.log(Component.KAFKA),
                Lifetime.OUTLIVES_PARENT);
    }

    private RegistryProcess registry() {
        Ports ports = home.ports();
        return new RegistryProcess(
                infra(),
                new RegistryProcess.Storage.Postgres(
                        ports.jdbcUrl(REGISTRY_DATABASE),
                        PostgresProcess.USER,
                        PostgresProcess.PASSWORD),
                ports.of(Component.REGISTRY),
                ports.registryManagement(),
                "160m",
                home.log(Component.REGISTRY),
                Lifetime.OUTLIVES_PARENT);
    }

    private ForkedProcess service(Component component) {
        Path state = home.state(component);
        // The first compiler alone: four services start on two cores in half of the time, and what
        // they do then is wait for the log and for models. Options of the user's come last and win.
        JavaProcess java =
                JavaProcess.jar(home.startableJar(component))
                        .jvm("-Xms32m", "-Xmx" + heap(component), "-XX:+UseSerialGC")
                        .jvm("-XX:TieredStopAtLevel=1")
                        .jvm("-Xss512k", "-XX:+ExitOnOutOfMemoryError")
                        .jvm(userOptions())
                        .jvm("--enable-native-access=ALL-UNNAMED")
                        .workingDirectory(state)
                        .log(home.log(component))
                        .lifetime(Lifetime.OUTLIVES_PARENT);
        ServiceEnvironment.of(component, home, environment).forEach(java::env);
        return java.start();
    }

    private String[] userOptions() {
        String options = environment.getOrDefault(JAVA_OPTIONS, "").strip();
        return options.isEmpty() ? new String[0] : options.split("\\s+");
    }

    private static String heap(Component component) {
        return switch (component) {
            case RUNNER, REPORT, GATEWAY -> "256m";
            case POSTGRES, KAFKA, REGISTRY, JUDGE -> "192m";
        };
    }

    private static void keepLogSmall(Path log) {
        try {
            if (Files.exists(log) && Files.size(log) > LOG_KEPT_BYTES) {
                Files.move(
                        log,
                        log.resolveSibling(log.getFileName() + ".1"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new PlatformException("The log " + log + " cannot be moved aside", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while waiting", e);
        }
    }
}
