package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.adapter.ProviderRig.PROMPT;
import static dev.battlestream.llm.adapter.ProviderRig.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.TimeoutSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Replies that begin and do not end as they should, over real connections. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Dialect.class)
class BrokenStreamsTest {

    private final ProviderRig rig;

    BrokenStreamsTest(Dialect dialect) throws IOException {
        rig = new ProviderRig(dialect);
    }

    @AfterEach
    void closeServer() throws IOException {
        rig.close();
    }

    @Test
    void aStalledStreamTimesOutAndIsHungUpOn() {
        rig.server.then(client -> {
            client.begin();
            client.delta("half a rep");
            client.awaitHangUp();
        });

        ModelException failure = failure(timeouts(Duration.ofSeconds(30), Duration.ofMillis(300)));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure).hasMessageContaining("stopped in the middle: silent for PT0.3S");
        assertThat(rig.listener.text()).isEqualTo("half a rep");
        assertThat(rig.server.hungUp()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aReplyThatDoesNotBeginTimesOutThoughTheConnectionIsKeptAlive() {
        rig.server.then(client -> {
            client.raw(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            repeat(client, () -> client.chunked(": still thinking\n\n"));
        });

        ModelException failure = failure(timeouts(Duration.ofMillis(500), Duration.ofSeconds(30)));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure).hasMessageContaining("did not begin its reply: nothing for PT0.5S");
        assertThat(failure.charged()).isTrue();
        assertThat(rig.server.hungUp()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aServerThatNeverAnswersTimesOutAndIsHungUpOn() {
        rig.server.then(ProviderDouble.Client::awaitHangUp);

        ModelException failure = failure(timeouts(Duration.ofMillis(300), Duration.ofSeconds(30)));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure).hasMessageContaining("gave no answer: nothing for PT0.3S");
        assertThat(rig.server.hungUp()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aStreamWithoutEndIsHungUpOnWhenTheTimeOfTheCallIsOver() {
        rig.server.then(client -> {
            client.begin();
            repeat(client, () -> client.delta("and "));
        });

        ModelException failure =
                rig.failure(
                        rig.models(
                                ProviderRig.onceOnly()
                                        .withProvider("local", rig.provider())
                                        .withCallTimeout(Duration.ofSeconds(1))));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure).hasMessageContaining("not done after PT1S");
        assertThat(rig.server.hungUp()).succeedsWithin(Duration.ofSeconds(10));
    }

    private interface Saying {
        void say() throws IOException;
    }

    /** Never silent for long and never done. */
    private void repeat(ProviderDouble.Client client, Saying saying) throws IOException {
        try {
            while (true) {
                saying.say();
                LockSupport.parkNanos(20_000_000);
            }
        } catch (IOException e) {
            rig.server.hungUp().complete(null);
            client.hangUp();
        }
    }

    @Test
    void aCommentNowAndThenKeepsASlowStreamAlive() throws Exception {
        rig.server.then(client -> {
            client.begin();
            for (int i = 0; i < 15; i++) {
                client.chunked(": still thinking\n\n");
                LockSupport.parkNanos(100_000_000);
            }
            client.delta("fine");
            client.finish("stop");
            client.end();
        });

        TimeoutSettings impatient = timeouts(Duration.ofSeconds(30), Duration.ofSeconds(1));
        assertThat(
                        rig.once(rig.provider().withTimeouts(impatient))
                                .chat(REQUEST, rig.listener)
                                .text())
                .isEqualTo("fine");
    }

    @Test
    void aReplyOfMoreTextThanAnyTurnMayHaveIsBad() {
        rig.server.then(client -> {
            client.begin();
            for (int sent = 0; sent <= ReplyCollector.LONGEST; sent += 10_000) {
                client.delta("a".repeat(10_000));
            }
            client.awaitHangUp();
        });

        ModelException failure = rig.failure(rig.once());

        assertThat(failure.kind()).isEqualTo(Kind.GARBAGE);
        assertThat(failure).hasMessageContaining("more than 200000 characters");
        assertThat(rig.listener.text().length()).isLessThanOrEqualTo(ReplyCollector.LONGEST);
        assertThat(rig.server.hungUp()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aStreamThatIsCutIsAPassingFaultThatMayHaveCost() {
        rig.server.then(client -> {
            client.begin();
            client.delta("half a rep");
            client.hangUp();
        });

        ModelException failure = rig.failure(rig.once());

        assertThat(failure.kind()).isEqualTo(Kind.NETWORK);
        assertThat(failure.passing()).isTrue();
        assertThat(failure.calls()).isEqualTo(1);
        assertThat(failure.charged()).isTrue();
    }

    @Test
    void aStreamThatEndsInOrderBeforeItsReplyDoesIsCutToo() {
        rig.server.then(client -> {
            client.begin();
            client.delta("half a rep");
            client.end();
        });

        assertThat(rig.failure(rig.once()).kind()).isEqualTo(Kind.NETWORK);
    }

    @Test
    void aFinishedReplyStandsThoughTheConnectionBreaksAfterIt() throws Exception {
        rig.server.then(client -> {
            client.begin();
            client.delta("said and done");
            client.finish("stop");
            client.hangUp();
        });

        assertThat(rig.once().chat(REQUEST, rig.listener).text()).isEqualTo("said and done");
    }

    @Test
    void anErrorInTheMiddleOfAStreamIsSeen() {
        rig.server.then(client -> {
            client.begin();
            client.delta("half a rep");
            client.event(rig.error("rate_limit_error"));
            client.end();
        });

        ModelException failure = rig.failure(rig.once());

        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure)
                .hasMessage("local:small broke its reply off with an error (rate_limit_error)");
    }

    @Test
    void anEventThatCannotBeReadMakesTheReplyBad() {
        rig.server.then(client -> {
            client.begin();
            client.delta("half a rep");
            client.chunked(
                    "event: content_block_delta\ndata: {\"choices\": [no JSON " + PROMPT + "\n\n");
            client.delta("ly");
            client.finish("stop");
            client.end();
        });

        assertThat(rig.failure(rig.once()).kind()).isEqualTo(Kind.GARBAGE);
    }

    @Test
    void anAnswerThatIsNoStreamIsBad() {
        rig.server.then(client -> client.answer(200, "", "<html>" + PROMPT + "</html>"));

        assertThat(rig.failure(rig.once()).kind()).isEqualTo(Kind.GARBAGE);
    }

    @ParameterizedTest
    @CsvSource({"stop,GARBAGE", "content_filter,REFUSED", "length,BAD_REQUEST"})
    void anEmptyReplyIsNone(String finish, Kind kind) {
        rig.server.then(client -> {
            client.begin();
            client.finish(finish);
            client.end();
        });

        assertThat(rig.failure(rig.once()).kind()).isEqualTo(kind);
    }

    @Test
    void contentThatLooksLikeAnErrorOrAnEndIsContent() throws Exception {
        String tricky =
                "{\\\"error\\\": {\\\"code\\\": 500}, \\\"finish_reason\\\": \\\"stop\\\","
                        + " \\\"type\\\": \\\"message_stop\\\", \\\"stop_reason\\\": \\\"refusal\\\"}";
        rig.server.then(client -> client.stream(tricky, " indeed"));

        assertThat(rig.once().chat(REQUEST, rig.listener).text())
                .isEqualTo(tricky.replace("\\", "") + " indeed");
    }

    private static TimeoutSettings timeouts(Duration firstToken, Duration idle) {
        return new TimeoutSettings(Duration.ofSeconds(10), firstToken, idle);
    }

    private ModelException failure(TimeoutSettings timeouts) {
        return rig.failure(rig.once(rig.provider().withTimeouts(timeouts)));
    }
}
