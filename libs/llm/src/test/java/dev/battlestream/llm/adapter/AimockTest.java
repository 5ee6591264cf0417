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
import dev.battlestream.testkit.NodeProgram;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** Against aimock, an OpenAI-compatible server that shares no code with this project. */
@Timeout(180)
@EnabledIf("dev.battlestream.testkit.NodeProgram#canRun")
class AimockTest {

    private static Optional<NodeProgram> server = Optional.empty();
    private static URI baseUrl = URI.create("http://127.0.0.1");

    private final FakeTimepiece time = new FakeTimepiece();
    private final RecordingListener listener = new RecordingListener();

    @BeforeAll
    static void startServer() throws Exception {
        NodeProgram started = NodeProgram.start("server.mjs", Map.of());
        server = Optional.of(started);
        String address = started.readLine();
        assertThat(address).as("the address aimock listens on").startsWith("http://127.0.0.1:");
        baseUrl = URI.create(address + "/v1");
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server.isPresent()) {
            server.get().close();
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
}
