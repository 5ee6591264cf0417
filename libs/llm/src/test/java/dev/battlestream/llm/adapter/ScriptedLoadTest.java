package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.atTurn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScriptedLoadTest {

    private final ChatModels models = ChatModelsFactory.create(LlmSettings.defaults());

    @Test
    void twoThousandCallsTakeAboutAsLongAsOne() throws Exception {
        Instant start = Instant.now();
        List<Future<Reply>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2_000; i++) {
                String conversation = "battle-" + i;
                calls.add(
                        threads.submit(() ->
                                models.chat(
                                        atTurn("scripted:slow", conversation, 1),
                                        ChatListener.NONE)));
            }
        }
        Duration all = Duration.between(start, Instant.now());

        // One after the other they would take more than an hour.
        assertThat(all).isLessThan(Duration.ofSeconds(10));
        assertThat(calls).allMatch(call -> call.state() == Future.State.SUCCESS);
    }

    @Test
    void anInterruptEndsACallAtOnce() throws Exception {
        CountDownLatch speaking = new CountDownLatch(1);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        ChatListener listener = Listeners.onDelta(speaking::countDown);
        Thread call =
                Thread.startVirtualThread(() -> {
                    assertThatThrownBy(() ->
                                    models.chat(atTurn("scripted:slow", "battle-1", 1), listener))
                            .isInstanceOf(InterruptedException.class);
                    ended.complete(null);
                });
        assertThat(speaking.await(10, TimeUnit.SECONDS)).isTrue();

        call.interrupt();

        assertThat(ended).succeedsWithin(Duration.ofSeconds(10));
    }
}
