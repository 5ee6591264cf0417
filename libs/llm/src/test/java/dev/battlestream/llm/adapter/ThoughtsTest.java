package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.adapter.ProviderRig.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.Reply;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a model thinks is neither streamed nor part of its reply, but is paid. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Dialect.class)
class ThoughtsTest {

    private final ProviderRig rig;

    ThoughtsTest(Dialect dialect) throws IOException {
        rig = new ProviderRig(dialect);
    }

    @AfterEach
    void closeServer() throws IOException {
        rig.close();
    }

    @Test
    void thoughtsOfTheirOwnFieldAreDropped() throws Exception {
        rig.server.then(client -> {
            client.begin();
            client.event(rig.dialect.thought("first the secret "));
            client.event(rig.dialect.thought("then the rest"));
            client.delta("fine");
            client.finish("stop");
            client.end();
        });

        expectOnlyFine(rig.once().chat(REQUEST, rig.listener));
    }

    @Test
    void thoughtsInTheTextAreDroppedThoughTheirTagsAreCut() throws Exception {
        rig.server.then(
                client -> client.stream("<th", "ink>the ", "secret</", "think", ">\\n\\n", "fine"));

        expectOnlyFine(rig.once().chat(REQUEST, rig.listener));
    }

    @Test
    void aReplyOfNothingButThoughtsIsNone() {
        rig.server.then(client -> {
            client.begin();
            client.delta("<think>the secret");
            client.finish("length");
            client.end();
        });

        assertThat(rig.failure(rig.once()))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.BAD_REQUEST);
                    assertThat(failure).hasMessageContaining("used its token limit up");
                });
        assertThat(rig.listener.deltas).isEmpty();
    }

    @Test
    void thoughtsWithoutEndAreBrokenOff() {
        String thought = rig.dialect.thought("hm ".repeat(50_000));
        rig.server.then(client -> {
            client.begin();
            for (int sent = 0; sent < 17 * 1024 * 1024; sent += thought.length()) {
                client.event(thought);
            }
            client.awaitHangUp();
        });

        assertThat(rig.failure(rig.once()))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.GARBAGE);
                    assertThat(failure).hasMessageContaining("sent more than any answer may have");
                });
        assertThat(rig.server.hungUp()).succeedsWithin(Duration.ofSeconds(10));
    }

    private void expectOnlyFine(Reply reply) {
        assertThat(reply.text()).isEqualTo("fine");
        assertThat(rig.listener.deltas).containsExactly("fine");
        assertThat(reply.tokensOut()).isEqualTo(7);
    }
}
