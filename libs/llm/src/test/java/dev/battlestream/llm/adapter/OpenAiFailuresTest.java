package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ProviderSettings;
import dev.battlestream.llm.Reply;
import dev.battlestream.llm.RetrySettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which a server can fail, over real connections. */
@Timeout(60)
class OpenAiFailuresTest {

    private static final String KEY = "sk-aVerySecretKey";
    private static final String PROMPT = "the prompt nobody may see";
    private static final Duration PATIENT = Duration.ofMinutes(5);
    private static final ChatRequest REQUEST = asking("local:small", PROMPT);

    private final OpenAiDouble server;
    private final FakeTimepiece time = new FakeTimepiece();
    private final RecordingListener listener = new RecordingListener();

    OpenAiFailuresTest() throws IOException {
        server = new OpenAiDouble();
    }

    @AfterEach
    void closeServer() throws IOException {
        server.close();
    }

    @Test
    void aRateLimitIsWaitedOutAsLongAsTheServerAsks() throws Exception {
        server.then(
                client -> client.answer(429, "Retry-After: 7\r\n", error("rate_limit_exceeded")),
                client -> client.stream("fine"));

        Reply reply = models().chat(REQUEST, listener);

        assertThat(reply.text()).isEqualTo("fine");
        assertThat(reply.calls()).isEqualTo(2);
        assertThat(time.sleeps().getFirst())
                .isBetween(Duration.ofMillis(7_250), Duration.ofMillis(7_750));
        assertThat(listener.retries.getFirst().cause())
                .hasMessage("local:small answered HTTP 429 (rate_limit_exceeded)");
    }

    @Test
    void retryAfterIsAlsoReadAsADateAndAsMilliseconds() throws Exception {
        server.then(
                client ->
                        client.answer(
                                503, "Retry-After: Wed, 21 Oct 2065 07:28:00 GMT\r\n", error("x")),
                client -> client.answer(429, "retry-after-ms: 1500\r\n", error("x")),
                client -> client.answer(429, "Retry-After: soon\r\n", error("x")),
                client -> client.stream("fine"));

        models().chat(REQUEST, listener);

        assertThat(listener.retries)
                .extracting(retried -> retried.cause().retryAfter().isPresent())
                .containsExactly(true, true, false);
        // The date is decades away, so the cap holds.
        assertThat(time.sleeps().get(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
        assertThat(time.sleeps().get(1))
                .isBetween(Duration.ofMillis(1_750), Duration.ofMillis(2_250));
    }

    @Test
    void aServerErrorPassesAfterTwoAttempts() throws Exception {
        server.then(
                client -> client.answer(500, "", "<html>oops</html>"),
                client -> client.answer(500, "", ""),
                client -> client.stream("fine"));

        assertThat(models().chat(REQUEST, listener).calls()).isEqualTo(3);
        assertThat(listener.retries)
                .extracting(retried -> retried.cause().kind())
                .containsExactly(Kind.OVERLOADED, Kind.OVERLOADED);
    }

    @ParameterizedTest
    @CsvSource({
        "400,invalid_request_error,BAD_REQUEST",
        "400,content_filter,REFUSED",
        "401,invalid_api_key,AUTH",
        "402,payment_required,AUTH",
        "403,forbidden,AUTH",
        "404,model_not_found,UNKNOWN_MODEL",
        "302,moved,BAD_REQUEST",
        "422,unprocessable,BAD_REQUEST",
        "429,insufficient_quota,AUTH"
    })
    void aFailureForGoodIsFinalAtOnce(int status, String code, Kind kind) {
        server.then(client -> client.answer(status, "", error(code)));

        ModelException failure = failure(models());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.calls()).isEqualTo(1);
        assertThat(failure).hasMessage("local:small answered HTTP %d (%s)".formatted(status, code));
        assertThat(server.received()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "408,TIMEOUT",
        "409,OVERLOADED",
        "429,RATE_LIMITED",
        "500,OVERLOADED",
        "503,OVERLOADED",
        "504,TIMEOUT",
        "529,OVERLOADED"
    })
    void aFailureThatPassesIsToldByItsStatus(int status, Kind kind) {
        server.then(client -> client.answer(status, "", ""));

        assertThat(failure(modelsWithoutRetry()).kind()).isEqualTo(kind);
    }

    @Test
    void aStalledStreamTimesOutAndIsHungUpOn() {
        server.then(client -> {
            client.begin();
            client.delta("half a rep");
            client.awaitHangUp();
        });

        ModelException failure = failure(modelsWithoutRetry(Duration.ofMillis(300)));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(listener.text()).isEqualTo("half a rep");
        assertThat(server.hungUp()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aStreamWithoutEndIsHungUpOnWhenTheTimeOfTheCallIsOver() {
        server.then(this::dripping);

        ModelException failure = failure(modelsWithoutRetry(PATIENT, Duration.ofSeconds(1)));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure).hasMessageContaining("not done after PT1S");
        assertThat(server.hungUp()).succeedsWithin(Duration.ofSeconds(10));
    }

    /** Never silent for long and never done. */
    private void dripping(OpenAiDouble.Client client) throws IOException {
        client.begin();
        try {
            while (true) {
                client.delta("and ");
                LockSupport.parkNanos(20_000_000);
            }
        } catch (IOException e) {
            server.hungUp().complete(null);
            throw e;
        }
    }

    @Test
    void aReplyOfMoreTextThanAnyTurnMayHaveIsBad() {
        server.then(client -> {
            client.begin();
            for (int sent = 0; sent <= ReplyCollector.LONGEST; sent += 10_000) {
                client.delta("a".repeat(10_000));
            }
            client.awaitHangUp();
        });

        ModelException failure = failure(modelsWithoutRetry());

        assertThat(failure.kind()).isEqualTo(Kind.GARBAGE);
        assertThat(failure).hasMessageContaining("more than 200000 characters");
        assertThat(listener.text().length()).isLessThanOrEqualTo(ReplyCollector.LONGEST);
        assertThat(server.hungUp()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aServerThatNeverAnswersTimesOutAndIsHungUpOn() {
        server.then(OpenAiDouble.Client::awaitHangUp);

        assertThat(failure(modelsWithoutRetry(Duration.ofMillis(300))).kind())
                .isEqualTo(Kind.TIMEOUT);
        assertThat(server.hungUp()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aCommentNowAndThenKeepsASlowStreamAlive() throws Exception {
        server.then(client -> {
            client.begin();
            for (int i = 0; i < 15; i++) {
                client.chunked(": still thinking\n\n");
                LockSupport.parkNanos(100_000_000);
            }
            client.delta("fine");
            client.finish("stop");
            client.raw("0\r\n\r\n");
        });

        assertThat(modelsWithoutRetry(Duration.ofSeconds(1)).chat(REQUEST, listener).text())
                .isEqualTo("fine");
    }

    @Test
    void aStreamThatIsCutIsAPassingFault() {
        server.then(client -> {
            client.begin();
            client.delta("half a rep");
            client.hangUp();
        });

        ModelException failure = failure(modelsWithoutRetry());

        assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
        assertThat(failure.passing()).isTrue();
        assertThat(failure.calls()).isEqualTo(1);
    }

    @Test
    void aStreamThatEndsInOrderBeforeItsReplyDoesIsCutToo() {
        server.then(client -> {
            client.begin();
            client.delta("half a rep");
            client.raw("0\r\n\r\n");
        });

        assertThat(failure(modelsWithoutRetry()).kind()).isEqualTo(Kind.NETWORK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"oops\",\"type\":\"server_error\"}}       | OVERLOADED",
                "{\"error\":{\"message\":\"slow down\",\"code\":429}}              | RATE_LIMITED",
                "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\"}} | BAD_REQUEST",
                "{\"choices\":[],\"error\":\"something broke\"}                     | OVERLOADED"
            })
    void anErrorInTheMiddleOfAStreamIsSeen(String event, Kind kind) {
        server.then(client -> {
            client.begin();
            client.delta("half a rep");
            client.event(event);
            client.raw("0\r\n\r\n");
        });

        assertThat(failure(modelsWithoutRetry()).kind()).isEqualTo(kind);
    }

    @Test
    void anEventThatCannotBeReadMakesTheReplyBad() {
        server.then(client -> {
            client.begin();
            client.delta("half a rep");
            client.event("{\"choices\": [this is no JSON " + PROMPT);
            client.delta("ly");
            client.finish("stop");
            client.raw("0\r\n\r\n");
        });

        assertThat(failure(modelsWithoutRetry()).kind()).isEqualTo(Kind.GARBAGE);
    }

    @Test
    void anAnswerThatIsNoStreamIsBad() {
        server.then(client -> client.answer(200, "", "<html>" + PROMPT + "</html>"));

        assertThat(failure(modelsWithoutRetry()).kind()).isEqualTo(Kind.GARBAGE);
    }

    @ParameterizedTest
    @CsvSource({"stop,GARBAGE", "content_filter,REFUSED", "length,BAD_REQUEST"})
    void anEmptyReplyIsNone(String finish, Kind kind) {
        server.then(client -> {
            client.begin();
            client.finish(finish);
            client.raw("0\r\n\r\n");
        });

        assertThat(failure(modelsWithoutRetry()).kind()).isEqualTo(kind);
    }

    @Test
    void whatIsNoHttpIsAPassingFault() {
        server.then(client -> {
            client.raw("SSH-2.0-OpenSSH_9.6\r\n\r\n");
            client.hangUp();
        });

        assertThat(failure(modelsWithoutRetry()).kind()).isEqualTo(Kind.NETWORK);
    }

    @Test
    void nobodyListeningIsAPassingFaultThatReachedNobody() throws IOException {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/v1");
        }

        ModelException failure =
                failure(
                        ChatModelsFactory.create(
                                LlmSettings.defaults()
                                        .withProvider(
                                                "local", ProviderSettings.openai(nobody, KEY)),
                                time));

        assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
        assertThat(failure.calls()).isZero();
        assertThat(listener.retries).hasSize(3);
    }

    @Test
    void anInterruptWhileAReplyComesInHangsUp() throws Exception {
        CountDownLatch speaking = new CountDownLatch(1);
        server.then(client -> {
            client.begin();
            client.delta("half a rep");
            client.awaitHangUp();
        });

        interrupted(Listeners.onDelta(speaking::countDown), speaking);
    }

    @Test
    void anInterruptBeforeTheAnswerBeginsHangsUp() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        server.then(client -> {
            asked.countDown();
            client.awaitHangUp();
        });

        interrupted(ChatListener.NONE, asked);
    }

    @Test
    void anInterruptWhileAnErrorComesInHangsUp() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        server.then(client -> {
            client.raw("HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\n{");
            asked.countDown();
            client.awaitHangUp();
        });

        interrupted(ChatListener.NONE, asked);
    }

    private void interrupted(ChatListener heard, CountDownLatch underWay) throws Exception {
        CompletableFuture<Exception> outcome = new CompletableFuture<>();
        ChatModels models = models();
        Thread call =
                Thread.startVirtualThread(() -> {
                    try {
                        models.chat(REQUEST, heard);
                        outcome.complete(new IllegalStateException("a reply"));
                    } catch (Exception e) {
                        outcome.complete(e);
                    }
                });
        assertThat(underWay.await(10, TimeUnit.SECONDS)).isTrue();

        call.interrupt();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(server.hungUp()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(server.received()).hasSize(1);
    }

    /** The failure of a call; that it gives nothing away is checked for each. */
    private ModelException failure(ChatModels models) {
        ModelException failure =
                catchThrowableOfType(ModelException.class, () -> models.chat(REQUEST, listener));
        StringWriter everything = new StringWriter();
        failure.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString())
                .contains("local:small")
                .doesNotContain(KEY, "another secret", PROMPT);
        return failure;
    }

    private ChatModels models() {
        return ChatModelsFactory.create(settings(PATIENT), time);
    }

    private ChatModels modelsWithoutRetry() {
        return modelsWithoutRetry(PATIENT);
    }

    private ChatModels modelsWithoutRetry(Duration idleTimeout) {
        return modelsWithoutRetry(idleTimeout, Duration.ofMinutes(10));
    }

    private ChatModels modelsWithoutRetry(Duration idleTimeout, Duration callTimeout) {
        RetrySettings once =
                new RetrySettings(
                        1,
                        Duration.ofMillis(1),
                        1.0,
                        Duration.ofMillis(1),
                        0.0,
                        Duration.ofMillis(1),
                        1);
        return ChatModelsFactory.create(
                settings(idleTimeout).withRetry(once).withCallTimeout(callTimeout), time);
    }

    private LlmSettings settings(Duration idleTimeout) {
        return LlmSettings.defaults()
                .withProvider(
                        "local",
                        ProviderSettings.openai(server.baseUrl(), KEY)
                                .withHeaders(Map.of("X-Proxy-Token", "another secret"))
                                .withIdleTimeout(idleTimeout));
    }

    /** As servers do it: key and prompt are quoted where people read. */
    private static String error(String code) {
        return """
        {"error": {"message": "Wrong key %s, or prompt: %s", "param": null, "code": "%s"}}\
        """
                .formatted(KEY, PROMPT, code);
    }
}
