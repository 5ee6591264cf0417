package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.adapter.ProviderRig.HEADER;
import static dev.battlestream.llm.adapter.ProviderRig.KEY;
import static dev.battlestream.llm.adapter.ProviderRig.PROMPT;
import static dev.battlestream.llm.adapter.ProviderRig.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.CircuitSettings;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.ProviderSettings;
import dev.battlestream.llm.ScriptedSettings;
import dev.battlestream.llm.adapter.ProviderDouble.Behaviour;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * A key, a header and a prompt are planted, calls fail in every way, with servers that quote all
 * three, and everything that comes out is searched for them: logs at their most talkative,
 * exceptions, metrics, texts of settings, the call log.
 */
@Timeout(60)
@ParameterizedClass
@EnumSource(Dialect.class)
class PlantedSecretsTest {

    private final ProviderRig rig;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final StringWriter everything = new StringWriter();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    PlantedSecretsTest(Dialect dialect) throws IOException {
        rig = new ProviderRig(dialect);
    }

    @BeforeEach
    void logEverything() {
        logged.start();
        root.addAppender(logged);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void closeServer() throws IOException {
        root.setLevel(Level.OFF);
        root.detachAppender(logged);
        rig.close();
    }

    @Test
    void aStreamThatFailsInAnyWayGivesNothingAway() {
        expectSilence(
                rig.provider(),
                client -> client.answer(401, "", quoting("authentication_error")),
                client -> client.answer(400, "X-Echo: " + KEY + "\r\n", quoting("bad")),
                client -> client.answer(429, "Retry-After: 1\r\n", quoting("rate_limit_error")),
                client -> client.answer(500, "", "<html>%s %s</html>".formatted(KEY, PROMPT)),
                client -> client.answer(302, "Location: http://127.0.0.1:1/?k=" + KEY + "\r\n", ""),
                client -> client.answer(200, "", "{\"quoted\": \"%s %s\"".formatted(KEY, PROMPT)),
                client -> {
                    client.begin();
                    client.event(quoting("overloaded_error"));
                    client.awaitHangUp();
                },
                client -> {
                    client.begin();
                    client.chunked(
                            "event: content_block_delta\ndata: {%s %s\n\n".formatted(KEY, PROMPT));
                    client.awaitHangUp();
                },
                client -> {
                    client.begin();
                    client.delta("half of " + KEY);
                    client.hangUp();
                },
                client -> {
                    client.begin();
                    client.delta("half of " + KEY);
                    client.awaitHangUp();
                },
                client -> {
                    client.begin();
                    client.delta(KEY.repeat(20_000));
                    client.awaitHangUp();
                },
                client -> {
                    client.raw("HTTP/1.1 %s %s\r\n\r\n".formatted(KEY, PROMPT));
                    client.hangUp();
                });
    }

    @Test
    void aWholeReplyThatFailsInAnyWayGivesNothingAway() {
        expectSilence(
                rig.provider().withoutStream(),
                client -> client.answer(403, "", quoting("permission_error")),
                client -> client.answer(503, "", quoting("overloaded_error")),
                client -> client.answer(200, "", "{\"quoted\": \"%s %s\"".formatted(KEY, PROMPT)),
                client -> client.answer(200, "", "<html>%s %s</html>".formatted(KEY, PROMPT)),
                client -> {
                    client.raw("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"a\":\"" + KEY);
                    client.hangUp();
                });
    }

    @Test
    void whatIsLoggedOfFailoverAndCircuitsGivesNothingAway() {
        CircuitSettings touchy = new CircuitSettings(true, 50, 2, 2, Duration.ofMinutes(1), 1);
        expectSilence(
                rig.provider().withCircuit(touchy).withFailover("openai:any"),
                client -> client.answer(503, "", quoting("overloaded_error")),
                client -> client.answer(503, "", quoting("overloaded_error")));

        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains("the circuit of a model changed model=local:small state=OPEN")
                .anyMatch(line -> line.startsWith("another model is asked in its place"));
    }

    @Test
    void aKeyFromAFileIsSentAndNotShown(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
        ProviderSettings provider =
                rig.dialect.settings(rig.server.baseUrl(), null).withApiKeyFile(file);
        rig.server.then(client -> client.stream("fine"));

        rig.once(provider).chat(REQUEST, rig.listener);

        assertThat(rig.server.received().getFirst().head()).contains(KEY);
        assertThat(provider.toString()).doesNotContain(KEY);
    }

    @Test
    void aFileThatHoldsNoKeyIsRefusedWithoutQuotingIt(@TempDir Path folder) throws Exception {
        Path two = Files.writeString(folder.resolve("two"), KEY + "\n" + KEY + "\n");
        Path empty = Files.writeString(folder.resolve("empty"), "\n");

        for (Path file : List.of(two, empty, folder.resolve("none"))) {
            ProviderSettings provider =
                    rig.dialect.settings(rig.server.baseUrl(), null).withApiKeyFile(file);
            assertThatThrownBy(() -> rig.once(provider))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("providers.*.api-key-file must")
                    .hasMessageNotContaining(KEY);
        }
    }

    @Test
    void theCallLogNamesModelsAndBattlesOnly(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("calls");
        ChatModels models =
                rig.models(
                        LlmSettings.defaults()
                                .withProvider("local", rig.provider())
                                .withScripted(new ScriptedSettings(0.0, log, null)));

        var _ = catchThrowable(() -> models.chat(REQUEST.to(scripted()), rig.listener));

        assertThat(Files.readString(log))
                .contains("scripted:instant")
                .doesNotContain(KEY, HEADER, PROMPT);
    }

    private static ModelReference scripted() {
        return ModelReference.parse("scripted:instant");
    }

    /** One call for each behaviour; each is a failure, and the server was shown key and header. */
    private void expectSilence(ProviderSettings provider, Behaviour... behaviours) {
        LlmSettings settings =
                ProviderRig.onceOnly()
                        .withProvider(
                                "local",
                                provider.withTimeouts(ProviderRig.silent(Duration.ofMillis(500))));
        ChatModels models = ChatModelsFactory.create(settings, meters, rig.time);
        PrintWriter out = new PrintWriter(everything);
        out.println(settings);
        for (Behaviour behaviour : behaviours) {
            rig.server.then(behaviour);
            Throwable failure = catchThrowable(() -> models.chat(REQUEST, rig.listener));
            assertThat(failure).isInstanceOf(ModelException.class);
            failure.printStackTrace(out);
        }
        assertThat(rig.server.received())
                .hasSize(behaviours.length)
                .allSatisfy(request -> {
                    assertThat(request.head()).contains(KEY, HEADER);
                    assertThat(request.body()).contains(PROMPT);
                });
        rig.listener.retries.forEach(retried -> retried.cause().printStackTrace(out));
        meters.getMeters().stream().map(Meter::getId).forEach(out::println);
        logged.list.forEach(event -> {
            out.println(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                out.println(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        });
        assertThat(everything.toString())
                .contains("local:small")
                .doesNotContain(KEY, HEADER, PROMPT);
    }

    private String quoting(String code) {
        return rig.error(code);
    }
}
