package dev.battlestream.local.platform.adapter;

import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.Component.Kind;
import dev.battlestream.local.platform.Ports;
import dev.battlestream.local.platform.Standing;
import dev.battlestream.testkit.Folders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The platform on this machine. Its processes outlive the command that starts them; files tell the
 * next command which they are.
 *
 * <p>When a component fails to start, those that came up stay up, so that the reason can be looked
 * at; a later {@link #up} starts what is missing.
 */
public final class Platform {

    private static final Duration SERVICE_STOP_LIMIT = Duration.ofSeconds(40);
    private static final Duration SERVER_STOP_LIMIT = Duration.ofSeconds(20);

    private final Home home;
    private final RunFiles runs;
    private final Launcher launcher;

    public Platform(Home home, Map<String, String> environment) {
        this.home = home;
        this.runs = new RunFiles(home.run());
        this.launcher = new Launcher(home, runs, environment);
    }

    public Home home() {
        return home;
    }

    /**
     * Starts what does not run yet and returns when everything asked for answers.
     *
     * @return what was started by this call
     * @throws PlatformException when a port is taken, a program is not built, or one does not start
     */
    public Set<Component> up(Set<Component> wanted, Progress progress) {
        try (FileChannel channel = lockFile();
                FileLock _ = lock(channel, progress)) {
            settlePorts();
            Set<Component> missing = new TreeSet<>(wanted);
            missing.removeIf(component -> runs.alive(component).isPresent());
            try {
                new StartSequence(home, launcher, wanted, missing, progress).run();
            } finally {
                if (!anythingRuns()) {
                    runs.forgetPortSetting();
                }
            }
            return missing;
        } catch (IOException e) {
            throw new PlatformException("Cannot lock " + home.run() + ": " + e.getMessage(), e);
        }
    }

    /** Starts one component again that died or was killed. */
    public void restart(Component component) {
        launcher.launch(component);
    }

    /** Sends SIGKILL to a component; false when it does not run. */
    public boolean kill(Component component) {
        Optional<ProcessHandle> process = runs.alive(component);
        process.ifPresent(handle -> {
            handle.descendants().forEach(ProcessHandle::destroyForcibly);
            handle.destroyForcibly();
            handle.onExit().join();
        });
        return process.isPresent();
    }

    /** Stops one component gracefully; false when it had to be killed. */
    public boolean stop(Component component) {
        Optional<ProcessHandle> running = runs.alive(component);
        boolean graceful = running.map(process -> stop(component, process)).orElse(true);
        runs.remove(component);
        return graceful;
    }

    /**
     * Stops a component, does something, and starts it again, whether that went well or not.
     *
     * @return what came of it
     * @throws PlatformException when it does not start
     */
    public <R> R whileStopped(Component component, Progress progress, Supplier<R> work) {
        try (FileChannel channel = lockFile();
                FileLock _ = lock(channel, progress)) {
            stopNoting(component, progress);
            try {
                return work.get();
            } finally {
                launcher.launch(component);
            }
        } catch (IOException e) {
            throw new PlatformException("Cannot lock " + home.run() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Stops everything, last started first.
     *
     * @return what ran
     */
    public Set<Component> down(Progress progress) {
        try (FileChannel channel = lockFile();
                FileLock _ = lock(channel, progress);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Set<Component> ran = new TreeSet<>();
            for (List<Component> together : Component.stopOrder()) {
                List<CompletableFuture<Void>> stops = new ArrayList<>();
                for (Component component : together) {
                    if (runs.alive(component).isPresent()) {
                        ran.add(component);
                    }
                    stops.add(
                            CompletableFuture.runAsync(
                                    () -> stopNoting(component, progress), threads));
                }
                stops.forEach(CompletableFuture::join);
            }
            runs.forgetPortSetting();
            return ran;
        } catch (IOException e) {
            throw new PlatformException("Cannot lock " + home.run() + ": " + e.getMessage(), e);
        }
    }

    /** Deletes everything the platform has stored; it must be down. */
    public void deleteEverything() {
        for (String part : List.of("data", "state", "logs", "run")) {
            Path folder = home.folder().resolve(part);
            try {
                Folders.delete(folder);
            } catch (IOException e) {
                throw new PlatformException(folder + " cannot be deleted: " + e.getMessage(), e);
            }
        }
    }

    /**
     * How each component stands now.
     *
     * @throws PlatformException if the platform runs on other ports than these
     */
    public Map<Component, Standing> standings() {
        requireSamePorts();
        Map<Component, Standing> standings = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            standings.put(component, standing(component));
        }
        return standings;
    }

    /** What a dead component said last. */
    public String endOfLog(Component component) {
        return launcher.endOfLog(component);
    }

    private Standing standing(Component component) {
        var noted = runs.read(component);
        if (noted.isEmpty()) {
            return new Standing.Stopped();
        }
        Optional<ProcessHandle> alive = noted.get().alive();
        if (alive.isEmpty()) {
            return new Standing.Dead(noted.get().pid());
        }
        long pid = noted.get().pid();
        Instant since = noted.get().started();
        long memory = Memory.of(alive.get());
        return launcher.answers(component)
                ? new Standing.Ready(pid, since, memory)
                : new Standing.Starting(pid, since, memory);
    }

    /** What runs already keeps its ports, so that the others must be planned the same way. */
    private void settlePorts() {
        requireSamePorts();
        runs.notePortSetting(home.ports().setting());
    }

    private void requireSamePorts() {
        String ours = home.ports().setting();
        String theirs = runs.portSetting().orElse(ours);
        if (anythingRuns() && !theirs.equals(ours)) {
            throw new PlatformException(
                    "The platform in %s runs with %s; use that, or stop it first with ./battlestream down"
                            .formatted(
                                    home.folder(),
                                    theirs.isEmpty()
                                            ? "the default ports"
                                            : Ports.SETTING + "=" + theirs));
        }
    }

    private boolean anythingRuns() {
        return Arrays.stream(Component.values()).anyMatch(c -> runs.alive(c).isPresent());
    }

    private void stopNoting(Component component, Progress progress) {
        if (!stop(component)) {
            progress.note(component.label() + " did not stop in time and was killed");
        }
    }

    private boolean stop(Component component, ProcessHandle process) {
        Duration limit = component.kind() == Kind.SERVICE ? SERVICE_STOP_LIMIT : SERVER_STOP_LIMIT;
        launcher.askToStop(component, process);
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            kill(component);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Waiting for an end never fails", e);
        }
    }

    private FileChannel lockFile() throws IOException {
        Files.createDirectories(home.run());
        return FileChannel.open(
                home.folder().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static FileLock lock(FileChannel channel, Progress progress) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            progress.note("Another command is at work on this platform; waiting for it");
            lock = channel.lock();
        }
        return lock;
    }
}
