package dev.battlestream.local.platform.adapter;

import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.Component.Kind;
import dev.battlestream.local.platform.Ports;
import dev.battlestream.testkit.Probe;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Brings components up, each as soon as what it needs is there: database and broker at once, the
 * login of analysts and the registry after the database, the topics after the broker, the services
 * after topics and database. Services wait for the registry themselves.
 */
final class StartSequence {

    private final Home home;
    private final Launcher launcher;
    private final Set<Component> wanted;
    private final Set<Component> missing;
    private final Progress progress;

    /**
     * @param wanted what must answer in the end
     * @param missing those of them that do not run
     */
    StartSequence(
            Home home,
            Launcher launcher,
            Set<Component> wanted,
            Set<Component> missing,
            Progress progress) {
        this.home = home;
        this.launcher = launcher;
        this.wanted = Set.copyOf(wanted);
        this.missing = Set.copyOf(missing);
        this.progress = progress;
    }

    /**
     * Returns when everything wanted answers.
     *
     * @throws PlatformException when a program is not built, a port is taken, or one does not start
     */
    void run() {
        checkBuilt();
        checkPorts();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> nothing = CompletableFuture.completedFuture(null);
            CompletableFuture<Void> postgres =
                    after(nothing, Component.POSTGRES, threads)
                            .thenRunAsync(this::admitAnalysts, threads);
            CompletableFuture<Void> kafka = after(nothing, Component.KAFKA, threads);
            CompletableFuture<Void> topics = kafka.thenRunAsync(this::createTopics, threads);
            List<CompletableFuture<Void>> all = new ArrayList<>(List.of(topics));
            all.add(after(postgres, Component.REGISTRY, threads));
            CompletableFuture<Void> ground = CompletableFuture.allOf(postgres, topics);
            for (Component service : Component.of(Kind.SERVICE)) {
                all.add(after(ground, service, threads));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof PlatformException reason) {
                throw reason;
            }
            throw e;
        }
    }

    private CompletableFuture<Void> after(
            CompletableFuture<Void> before, Component component, ExecutorService threads) {
        return wanted.contains(component)
                ? before.thenRunAsync(() -> start(component), threads)
                : before;
    }

    private void start(Component component) {
        if (!missing.contains(component)) {
            launcher.awaitReady(component);
            return;
        }
        long begun = System.nanoTime();
        launcher.launch(component);
        progress.ready(component, Duration.ofNanos(System.nanoTime() - begun));
    }

    private void admitAnalysts() {
        if (wanted.contains(Component.POSTGRES)) {
            AnalystLogin.ensure(home.ports(), launcher.environment());
        }
    }

    private void createTopics() {
        if (wanted.contains(Component.KAFKA)) {
            TopicSetup.ensure(home.ports().bootstrapServers(), launcher.environment(), progress);
        }
    }

    private void checkBuilt() {
        for (Component component : missing) {
            boolean built =
                    component.kind() == Kind.SERVER
                            ? Files.isDirectory(home.infra())
                            : Files.isRegularFile(home.jar(component));
            if (!built) {
                throw new PlatformException(
                        "%s is not built: %s does not exist"
                                .formatted(
                                        component.label(),
                                        component.kind() == Kind.SERVER
                                                ? home.infra()
                                                : home.jar(component)));
            }
        }
    }

    private void checkPorts() {
        List<String> taken = new ArrayList<>();
        for (Component component : missing) {
            home.ports()
                    .listenedBy(component)
                    .forEach((name, port) -> {
                        if (Probe.accepts(port)) {
                            taken.add("port %d (%s) is in use".formatted(port, name));
                        }
                    });
        }
        if (!taken.isEmpty()) {
            throw new PlatformException(
                    "%s; set %s to move all ports, such as %s=18080"
                            .formatted(String.join(", ", taken), Ports.SETTING, Ports.SETTING));
        }
    }
}
