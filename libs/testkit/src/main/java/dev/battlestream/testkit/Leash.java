package dev.battlestream.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Main class put before another one: runs it, and halts the JVM when the parent process has gone.
 *
 * <p>A shutdown hook of the parent does not run when the parent is killed; this does.
 */
public final class Leash {

    private static final int HALTED = 137;

    private Leash() {}

    /**
     * Runs the named main class.
     *
     * @param args the parent's process id, the main class, then that class's own arguments
     */
    public static void main(String[] args) throws Throwable {
        ProcessHandle parent = ProcessHandle.of(Long.parseLong(args[0])).orElse(null);
        if (parent == null) {
            Runtime.getRuntime().halt(HALTED);
            return;
        }
        var _ = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(HALTED));
        Method main = Class.forName(args[1]).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(args, 2, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
