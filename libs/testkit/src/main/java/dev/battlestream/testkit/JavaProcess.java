package dev.battlestream.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * Forks a JVM: the one this code runs on, with a main class or an executable jar.
 *
 * <pre>{@code
 * ForkedProcess worker =
 *         JavaProcess.main("dev.example.Worker").jvm("-Xmx64m").args("--port", "1").log(log).start();
 * worker.kill();
 * }</pre>
 *
 * <p>By default the fork has this JVM's class path and ends with this JVM.
 */
public final class JavaProcess {

    private final String mainClass;
    private String classPath;
    private final List<String> jvmArguments = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path workingDirectory = Path.of("").toAbsolutePath();
    private Path log = Path.of("/dev/null");
    private Lifetime lifetime = Lifetime.ENDS_WITH_PARENT;

    private JavaProcess(String mainClass, String classPath) {
        this.mainClass = mainClass;
        this.classPath = classPath;
    }

    /** A main class on this JVM's own class path. */
    public static JavaProcess main(String mainClass) {
        return new JavaProcess(mainClass, System.getProperty("java.class.path"));
    }

    /** A main class on this JVM's own class path. */
    public static JavaProcess main(Class<?> mainClass) {
        return main(mainClass.getName());
    }

    /**
     * An executable jar.
     *
     * @throws UncheckedIOException when the file is no executable jar
     */
    public static JavaProcess jar(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            String mainClass =
                    file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            if (mainClass == null) {
                throw new IOException("no Main-Class in its manifest");
            }
            return new JavaProcess(mainClass, jar.toAbsolutePath().toString());
        } catch (IOException e) {
            throw new UncheckedIOException("Not an executable jar: " + jar, e);
        }
    }

    /** Replaces the class path, in the form of {@code java -cp}. */
    public JavaProcess classPath(String path) {
        classPath = path;
        return this;
    }

    /** Adds options of the JVM itself, such as {@code -Xmx64m} or {@code -Dname=value}. */
    public JavaProcess jvm(String... options) {
        jvmArguments.addAll(List.of(options));
        return this;
    }

    /** Adds arguments of the program. */
    public JavaProcess args(String... values) {
        arguments.addAll(List.of(values));
        return this;
    }

    /** Sets one variable of the environment, which is otherwise this JVM's own. */
    public JavaProcess env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** The working directory, by default this JVM's own; made when it does not exist. */
    public JavaProcess workingDirectory(Path folder) {
        workingDirectory = folder;
        return this;
    }

    /** The file that standard output and error are appended to; dropped without one. */
    public JavaProcess log(Path file) {
        log = file;
        return this;
    }

    /** How long the process may live; by default it ends with this JVM. */
    public JavaProcess lifetime(Lifetime value) {
        lifetime = value;
        return this;
    }

    /** Starts the process and returns at once. */
    public ForkedProcess start() {
        List<String> command = new ArrayList<>();
        command.add(Tools.java().toString());
        command.addAll(jvmArguments);
        command.add("-cp");
        if (lifetime == Lifetime.ENDS_WITH_PARENT) {
            command.add(classPath + File.pathSeparator + ownLocation());
            command.add(Leash.class.getName());
            command.add(Long.toString(ProcessHandle.current().pid()));
        } else {
            command.add(classPath);
        }
        command.add(mainClass);
        command.addAll(arguments);
        return ForkedProcess.start(command, environment, workingDirectory, log, lifetime);
    }

    private static Path ownLocation() {
        try {
            return Path.of(Leash.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The testkit's own location is no file", e);
        }
    }
}
