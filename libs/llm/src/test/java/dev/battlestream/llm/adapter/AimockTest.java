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
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Against aimock, a server that speaks OpenAI's and Anthropic's wire formats and shares no code
 * with this project.
 */
@Timeout(180)
@EnabledIf("dev.battlestream.testkit.NodeProgram#canRun")
@ParameterizedClass
@EnumSource(Dialect.class)
class AimockTest {

    private static Optional<NodeProgram> server = Optional.empty();
    private static URI baseUrl = URI.create("http://127.0.0.1");

    private final Dialect dialect;
    private final FakeTimepiece time = new FakeTimepiece();
    private final RecordingListener listener = new RecordingListener();

    AimockTest(Dialect dialect) {
        this.dialect = dialect;
    }

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

    @Test
    void aWholeReplyIsTheSame() throws Exception {
        Reply reply =
                models(dialect.settings(baseUrl, "any").withoutStream())
                        .chat(asking("aimock:gpt-4o-mini", "Good morning"), listener);

        assertThat(reply.text()).isEqualTo("Good morning to you, what can I do for you today?");
        assertThat(listener.deltas).containsExactly(reply.text());
        assertThat(reply.tokensOut()).isPositive();
    }

    @Test
    void whatItThinksIsNotSaid() throws Exception {
        Reply reply = models().chat(asking("aimock:gpt-4o-mini", "Think first"), listener);

        assertThat(reply.text()).isEqualTo("I have thought about it.");
        assertThat(listener.text()).isEqualTo(reply.text());
    }

    @Test
    void tokensOfTheCacheAreToldApart() throws Exception {
        // Only in OpenRouter's dialect does aimock tell how many tokens came from a cache.
        ProviderSettings openRouter = ProviderSettings.openai(baseUrl.resolve("/api/v1"), "any");

        Reply reply =
                models(openRouter).chat(asking("aimock:openai/gpt-4o-mini", "Be exact"), listener);

        assertThat(reply.tokensIn()).isEqualTo(1_000);
        assertThat(reply.cachedTokensIn()).isEqualTo(600);
        assertThat(reply.tokensOut()).isEqualTo(10);
    }

    @Test
    void aConversationThatIsTooLongIsUnderstood() {
        ModelException failure =
                catchThrowableOfType(
                        ModelException.class,
                        () -> models().chat(asking("aimock:gpt-4o-mini", "Too long"), listener));

        assertThat(failure.kind()).isEqualTo(Kind.CONTEXT_TOO_LONG);
        assertThat(failure.calls()).isEqualTo(1);
    }

    private ChatModels models() {
        return models(dialect.settings(baseUrl, "any"));
    }

    private ChatModels models(ProviderSettings provider) {
        return ChatModelsFactory.create(
                LlmSettings.defaults().withProvider("aimock", provider), time);
    }
}
