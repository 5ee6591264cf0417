package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.adapter.ProviderRig.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An interrupt closes the connection, wherever the call is; the server sees it. */
@Timeout(60)
@ParameterizedClass
@EnumSource(Dialect.class)
class CancelledCallsTest {

    private final ProviderRig rig;

    CancelledCallsTest(Dialect dialect) throws IOException {
        rig = new ProviderRig(dialect);
    }

    @AfterEach
    void closeServer() throws IOException {
        rig.close();
    }

    @Test
    void anInterruptWhileAReplyComesInHangsUp() throws Exception {
        CountDownLatch speaking = new CountDownLatch(1);
        rig.server.then(client -> {
            client.begin();
            client.delta("half a rep");
            client.awaitHangUp();
        });

        interrupted(rig.models(), Listeners.onDelta(speaking::countDown), speaking);
    }

    @Test
    void anInterruptBeforeTheAnswerBeginsHangsUp() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        rig.server.then(client -> {
            asked.countDown();
            client.awaitHangUp();
        });

        interrupted(rig.models(), ChatListener.NONE, asked);
    }

    @Test
    void anInterruptWhileAnErrorComesInHangsUp() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        rig.server.then(client -> {
            client.raw("HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\n{");
            asked.countDown();
            client.awaitHangUp();
        });

        interrupted(rig.models(), ChatListener.NONE, asked);
    }

    @Test
    void anInterruptBeforeAWholeReplyIsThereHangsUp() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        rig.server.then(client -> {
            client.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
            asked.countDown();
            client.awaitHangUp();
        });

        interrupted(rig.once(rig.provider().withoutStream()), ChatListener.NONE, asked);
    }

    private void interrupted(ChatModels models, ChatListener heard, CountDownLatch underWay)
            throws Exception {
        CompletableFuture<Exception> outcome = new CompletableFuture<>();
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
        assertThat(rig.server.hungUp()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(rig.server.received()).hasSize(1);
    }
}
