package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.adapter.ProviderRig.PROMPT;
import static dev.battlestream.llm.adapter.ProviderRig.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.Reply;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Providers that are asked for whole replies instead of streams. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Dialect.class)
class WholeRepliesTest {

    private final ProviderRig rig;

    WholeRepliesTest(Dialect dialect) throws IOException {
        rig = new ProviderRig(dialect);
    }

    @AfterEach
    void closeServer() throws IOException {
        rig.close();
    }

    @Test
    void aReplyComesInOnePieceWithItsUsage() throws Exception {
        rig.server.then(
                client -> client.answer(200, JSON, rig.dialect.whole("<think>hm</think>fine")));

        Reply reply = models().chat(REQUEST, rig.listener);

        assertThat(reply.text()).isEqualTo("fine");
        assertThat(rig.listener.deltas).containsExactly("fine");
        assertThat(reply.model()).isEqualTo("served-model");
        assertThat(reply.tokensIn()).isEqualTo(11);
        assertThat(reply.tokensOut()).isEqualTo(7);
        assertThat(rig.server.received().getFirst().body().replaceAll("\\s", ""))
                .doesNotContain("\"stream\":true");
    }

    @Test
    void anErrorIsAnswersErrorAndIsNotRepeatedBelow() {
        rig.server.then(client -> client.answer(529, "", rig.error("overloaded_error")));

        assertThat(rig.failure(models()).kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(rig.server.received()).hasSize(1);
    }

    @Test
    void garbageIsGarbage() {
        rig.server.then(client -> client.answer(200, JSON, "{\"choices\": [" + PROMPT));

        assertThat(rig.failure(models()).kind()).isEqualTo(Kind.GARBAGE);
    }

    @Test
    void aBodyThatIsCutIsAPassingFault() {
        rig.server.then(client -> {
            client.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"id\":");
            client.hangUp();
        });

        assertThat(rig.failure(models()).kind()).isEqualTo(Kind.NETWORK);
    }

    @Test
    void aBodyWithoutEndIsBrokenOff() {
        String much = "x".repeat(1024 * 1024);
        rig.server.then(client -> {
            client.raw("HTTP/1.1 200 OK\r\nContent-Length: 99000000\r\n\r\n");
            for (int i = 0; i < 17; i++) {
                client.raw(much);
            }
            client.awaitHangUp();
        });

        assertThat(rig.failure(models()).kind()).isEqualTo(Kind.GARBAGE);
        assertThat(rig.server.hungUp()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aBodyThatStallsTimesOutAndIsHungUpOn() {
        rig.server.then(client -> {
            client.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"id\":");
            client.awaitHangUp();
        });

        ModelException failure =
                rig.failure(
                        rig.once(
                                rig.provider()
                                        .withoutStream()
                                        .withTimeouts(ProviderRig.silent(Duration.ofMillis(300)))));

        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(rig.server.hungUp()).succeedsWithin(Duration.ofSeconds(10));
    }

    private static final String JSON = "Content-Type: application/json\r\n";

    private ChatModels models() {
        return rig.once(rig.provider().withoutStream());
    }
}
