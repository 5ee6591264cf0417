package dev.battlestream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir Path folder;

    static final class Greeter {
        private Greeter() {}

        public static void main(String[] args) {
            System.out.println("hello " + args[0] + " and " + System.getenv("OTHER"));
            System.exit(3);
        }
    }

    static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] args) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("bye")));
            System.out.println("here");
            new CountDownLatch(1).await();
        }
    }

    @Test
    void argumentsAndEnvironmentReachTheForkAndItsExitCodeComesBack() {
        ForkedProcess greeter =
                JavaProcess.main(Greeter.class)
                        .args("you")
                        .env("OTHER", "them")
                        .log(folder.resolve("log"))
                        .start();

        assertThat(greeter.awaitExit(LIMIT)).isTrue();
        assertThat(greeter.exitValue()).hasValue(3);
        assertThat(greeter.logTail(5)).containsExactly("hello you and them");
    }

    @Test
    void aTerminatedForkRunsItsShutdownHooksAndAKilledOneDoesNot() {
        ForkedProcess terminated = sleeper("terminated");
        terminated.terminate();
        assertThat(terminated.awaitExit(LIMIT)).isTrue();
        assertThat(terminated.logTail(5)).containsExactly("here", "bye");

        ForkedProcess killed = sleeper("killed");
        killed.kill();
        assertThat(killed.logTail(5)).containsExactly("here");
    }

    private ForkedProcess sleeper(String name) {
        ForkedProcess sleeper = JavaProcess.main(Sleeper.class).log(folder.resolve(name)).start();
        Awaitility.await().atMost(LIMIT).until(() -> sleeper.logTail(1).contains("here"));
        return sleeper;
    }
}
