package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.adapter.ProviderRig.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Providers that answer with an error, or not at all, over real connections. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Dialect.class)
class ErrorAnswersTest {

    private final ProviderRig rig;

    ErrorAnswersTest(Dialect dialect) throws IOException {
        rig = new ProviderRig(dialect);
    }

    @AfterEach
    void closeServer() throws IOException {
        rig.close();
    }

    @Test
    void aRateLimitIsWaitedOutAsLongAsTheServerAsks() throws Exception {
        rig.server.then(
                client ->
                        client.answer(429, "Retry-After: 7\r\n", rig.error("rate_limit_exceeded")),
                client -> client.stream("fine"));

        Reply reply = rig.models().chat(REQUEST, rig.listener);

        assertThat(reply.text()).isEqualTo("fine");
        assertThat(reply.calls()).isEqualTo(2);
        assertThat(rig.time.sleeps().getFirst())
                .isBetween(Duration.ofMillis(7_250), Duration.ofMillis(7_750));
        assertThat(rig.listener.retries.getFirst().cause())
                .hasMessage("local:small answered HTTP 429 (rate_limit_exceeded)");
    }

    @Test
    void retryAfterIsAlsoReadAsADateAndAsMilliseconds() throws Exception {
        rig.server.then(
                client ->
                        client.answer(
                                503,
                                "Retry-After: Wed, 21 Oct 2065 07:28:00 GMT\r\n",
                                rig.error("x")),
                client -> client.answer(429, "retry-after-ms: 1500\r\n", rig.error("x")),
                client -> client.answer(429, "Retry-After: soon\r\n", rig.error("x")),
                client -> client.stream("fine"));

        rig.models().chat(REQUEST, rig.listener);

        assertThat(rig.listener.retries)
                .extracting(retried -> retried.cause().retryAfter().isPresent())
                .containsExactly(true, true, false);
        // The date is decades away, so the cap holds.
        assertThat(rig.time.sleeps().get(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
        assertThat(rig.time.sleeps().get(1))
                .isBetween(Duration.ofMillis(1_750), Duration.ofMillis(2_250));
    }

    @Test
    void aServerErrorPassesAfterTwoAttemptsAndCostsNothing() throws Exception {
        rig.server.then(
                client -> client.answer(500, "", "<html>oops</html>"),
                client -> client.answer(529, "", ""),
                client -> client.stream("fine"));

        assertThat(rig.models().chat(REQUEST, rig.listener).calls()).isEqualTo(3);
        assertThat(rig.listener.retries)
                .extracting(retried -> retried.cause().kind())
                .containsExactly(Kind.OVERLOADED, Kind.OVERLOADED);
        assertThat(rig.listener.retries).noneMatch(retried -> retried.cause().charged());
    }

    @Test
    void aFailureForGoodIsFinalAtOnce() {
        rig.server.then(client -> client.answer(400, "", rig.error("invalid_request_error")));

        ModelException failure = rig.failure(rig.models());

        assertThat(failure.kind()).isEqualTo(Kind.BAD_REQUEST);
        assertThat(failure.calls()).isEqualTo(1);
        assertThat(failure).hasMessage("local:small answered HTTP 400 (invalid_request_error)");
        assertThat(rig.server.received()).hasSize(1);
    }

    @Test
    void aConversationThatIsTooLongIsNotSentAgain() {
        rig.server.then(client ->
                client.answer(
                        400,
                        "",
                        rig.dialect.error(
                                "invalid_request_error",
                                "prompt is too long: 210000 tokens > 200000 maximum")));

        assertThat(rig.failure(rig.models()).kind()).isEqualTo(Kind.CONTEXT_TOO_LONG);
        assertThat(rig.server.received()).hasSize(1);
    }

    @Test
    void aRedirectIsNotFollowed() {
        rig.server.then(client -> client.answer(302, "Location: http://127.0.0.1:1/v1\r\n", ""));

        assertThat(rig.failure(rig.models()).kind()).isEqualTo(Kind.BAD_REQUEST);
    }

    @Test
    void whatIsNoHttpIsAPassingFault() {
        rig.server.then(client -> {
            client.raw("SSH-2.0-OpenSSH_9.6\r\n\r\n");
            client.hangUp();
        });

        assertThat(rig.failure(rig.once()).kind()).isEqualTo(Kind.NETWORK);
    }

    @Test
    void nobodyListeningIsAPassingFaultThatReachedNobody() throws IOException {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/v1");
        }

        ModelException failure =
                rig.failure(
                        rig.models(
                                LlmSettings.defaults()
                                        .withProvider(
                                                "local",
                                                rig.dialect.settings(nobody, ProviderRig.KEY))));

        assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
        assertThat(failure.calls()).isZero();
        assertThat(failure.charged()).isFalse();
        assertThat(rig.listener.retries).hasSize(3);
    }
}
