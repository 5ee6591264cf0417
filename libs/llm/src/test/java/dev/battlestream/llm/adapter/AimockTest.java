package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.FinishReason;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ProviderSettings;
import dev.battlestream.llm.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** Against aimock, an OpenAI-compatible server that shares no code with this project. */
@Timeout(180)
@EnabledIf(value = "nodeIsHere", disabledReason = "needs Node 20 and npm")
class AimockTest {

    private static final Path SOURCE = Path.of("src/test/node");
    private static final Path INSTALLED = Path.of("target/node");
    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", ".npmrc", "server.mjs");

    private static final String NODE_20 =
            "process.exit(Number(process.versions.node.split('.')[0]) >= 20 ? 0 : 1)";

    private static Optional<Process> server = Optional.empty();
    private static URI baseUrl = URI.create("http://127.0.0.1");

    private final FakeTimepiece time = new FakeTimepiece();
    private final RecordingListener listener = new RecordingListener();

    static boolean nodeIsHere() throws InterruptedException {
        Path here = Path.of(".");
        boolean present = succeeds(here, "node", "-e", NODE_20) && succeeds(here, "npm", "-v");
        if (!present) {
            System.out.println("AimockTest is skipped: it needs Node 20 and npm");
        }
        return present;
    }

    @BeforeAll
    static void startServer() throws Exception {
        install();
        Process started =
                new ProcessBuilder("node", "server.mjs")
                        .directory(INSTALLED.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        server = Optional.of(started);
        String address = started.inputReader().readLine();
        assertThat(address).as("the address aimock listens on").startsWith("http://127.0.0.1:");
        baseUrl = URI.create(address + "/v1");
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server.isPresent()) {
            server.get().destroyForcibly().waitFor();
        }
    }

    @Test
    void aReplyIsStreamedAndItsTokensAreCounted() throws Exception {
        Reply reply = models().chat(asking("aimock:gpt-4o-mini", "Good morning"), listener);

        assertThat(reply.text()).isEqualTo("Good morning to you, what can I do for you today?");
        assertThat(listener.deltas).hasSizeGreaterThan(3);
        assertThat(listener.text()).isEqualTo(reply.text());
        assertThat(reply.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(reply.model()).startsWith("gpt-4o-mini");
        assertThat(reply.tokensIn()).isPositive();
        assertThat(reply.tokensOut()).isPositive();
    }

    @Test
    void aRateLimitIsUnderstood() {
        ModelException failure =
                catchThrowableOfType(
                        ModelException.class,
                        () -> models().chat(asking("aimock:gpt-4o-mini", "Too much"), listener));

        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure.calls()).isEqualTo(4);
        assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(1));
        assertThat(time.sleeps()).hasSize(3);
    }

    private ChatModels models() {
        return ChatModelsFactory.create(
                LlmSettings.defaults()
                        .withProvider("aimock", ProviderSettings.openai(baseUrl, "any")),
                time);
    }

    /** Anew only when the lock file has changed. */
    private static void install() throws Exception {
        Path marker = INSTALLED.resolve("installed-lock.json");
        Path lock = SOURCE.resolve("package-lock.json");
        Files.createDirectories(INSTALLED);
        for (String file : FILES) {
            Files.copy(
                    SOURCE.resolve(file),
                    INSTALLED.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.exists(marker) && Files.mismatch(marker, lock) < 0) {
            return;
        }
        assertThat(succeeds(INSTALLED, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"))
                .as("npm ci in " + INSTALLED)
                .isTrue();
        Files.copy(lock, marker, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean succeeds(Path folder, String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try {
                return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException _) {
            return false;
        }
    }
}
