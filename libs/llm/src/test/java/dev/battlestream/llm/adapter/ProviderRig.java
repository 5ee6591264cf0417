package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ProviderSettings;
import dev.battlestream.llm.RetrySettings;
import dev.battlestream.llm.TimeoutSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A provider at a server that does as it is told, with a key and a prompt that nobody may see. */
final class ProviderRig implements AutoCloseable {

    static final String KEY = "sk-aVerySecretKey";
    static final String HEADER = "another secret";
    static final String PROMPT = "the prompt nobody may see";
    static final Duration PATIENT = Duration.ofMinutes(5);
    static final ChatRequest REQUEST = asking("local:small", PROMPT);

    final Dialect dialect;
    final ProviderDouble server;
    final FakeTimepiece time = new FakeTimepiece();
    final RecordingListener listener = new RecordingListener();

    ProviderRig(Dialect dialect) throws IOException {
        this.dialect = dialect;
        this.server = new ProviderDouble(dialect);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** As servers do it: key and prompt are quoted where people read. */
    String error(String code) {
        return dialect.error(code, "Wrong key %s, or prompt: %s".formatted(KEY, PROMPT));
    }

    ProviderSettings provider() {
        return dialect.settings(server.baseUrl(), KEY)
                .withHeaders(Map.of("X-Proxy-Token", HEADER))
                .withTimeouts(silent(PATIENT));
    }

    static TimeoutSettings silent(Duration atMost) {
        return new TimeoutSettings(Duration.ofSeconds(10), atMost, atMost);
    }

    ChatModels models() {
        return models(LlmSettings.defaults().withProvider("local", provider()));
    }

    ChatModels models(LlmSettings settings) {
        return ChatModelsFactory.create(settings, time);
    }

    /** One attempt at the provider. */
    ChatModels once(ProviderSettings provider) {
        return models(onceOnly().withProvider("local", provider));
    }

    ChatModels once() {
        return once(provider());
    }

    static LlmSettings onceOnly() {
        return LlmSettings.defaults().withRetry(retry(1, 1));
    }

    /** Without long waits. */
    static RetrySettings retry(int attempts, int charged) {
        RetrySettings usual = RetrySettings.defaults();
        return new RetrySettings(
                charged > attempts ? charged : attempts,
                Duration.ofMillis(1),
                1.0,
                Duration.ofMillis(1),
                0.0,
                Duration.ofMillis(1),
                charged,
                attempts == 1 ? Set.of() : usual.kinds());
    }

    /** The failure of a call; that it gives nothing away is checked for each. */
    ModelException failure(ChatModels models) {
        ModelException failure =
                catchThrowableOfType(ModelException.class, () -> models.chat(REQUEST, listener));
        StringWriter everything = new StringWriter();
        failure.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString())
                .contains("local:small")
                .doesNotContain(KEY, HEADER, PROMPT);
        return failure;
    }
}
