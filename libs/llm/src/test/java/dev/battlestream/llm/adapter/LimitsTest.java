package dev.battlestream.llm.adapter;

import static dev.battlestream.llm.Conversations.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.LimitSettings;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ModelSettings;
import dev.battlestream.llm.ProviderSettings;
import dev.battlestream.llm.Reply;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits as a server sees them. */
@Timeout(60)
class LimitsTest {

    private static final Duration PATIENT = Duration.ofMinutes(1);

    private final ProviderRig rig;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    LimitsTest() throws IOException {
        rig = new ProviderRig(Dialect.OPENAI);
    }

    @AfterEach
    void closeServer() throws IOException {
        rig.close();
    }

    @Test
    void noMoreThanSoManyAreAskedAtOnceAndTheRestHasNoConnection() throws Exception {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch answer = new CountDownLatch(1);
        ChatModels models = models(provider().withLimits(places(3)));
        for (int i = 0; i < 20; i++) {
            rig.server.then(client -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                awaitCountDown(answer);
                atOnce.decrementAndGet();
                client.stream("fine");
            });
        }
        List<Future<Reply>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                calls.add(
                        threads.submit(() ->
                                models.chat(asking("local:small", "hello"), ChatListener.NONE)));
            }
            await().untilAsserted(() -> assertThat(atOnce).hasValue(3));
            assertThat(rig.server.connections()).isEqualTo(3);
            answer.countDown();
        }

        assertThat(most).hasValue(3);
        for (Future<Reply> call : calls) {
            assertThat(call.get().text()).isEqualTo("fine");
        }
        assertThat(
                        meters.get("battlestream.llm.limit.wait").timers().stream()
                                .mapToLong(Timer::count)
                                .sum())
                .isEqualTo(20);
    }

    @Test
    void aModelsOwnLimitLeavesTheOthersAlone() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        ChatModels models =
                models(provider().withModel("slow", new ModelSettings(places(1), null)));
        rig.server.then(client -> {
            awaitCountDown(answer);
            client.stream("slow");
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ =
                    threads.submit(
                            () -> models.chat(asking("local:slow", "hello"), ChatListener.NONE));
            await().until(() -> rig.server.received().size() == 1);
            rig.server.then(client -> client.stream("quick"));

            assertThat(models.chat(asking("local:quick", "hello"), ChatListener.NONE).text())
                    .isEqualTo("quick");
            answer.countDown();
        }
    }

    @Test
    void whoWaitsTooLongIsTurnedAwayOnceAndTheServerIsNotAsked() {
        LimitSettings impatient = new LimitSettings(null, 1, null, Duration.ofSeconds(1));
        ChatModels models = models(provider().withLimits(impatient));
        rig.server.then(client -> client.stream("fine"));
        ModelException failure =
                catchThrowableOfType(
                        ModelException.class,
                        () -> {
                            while (true) {
                                models.chat(asking("local:small", "hello"), rig.listener);
                            }
                        });

        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure)
                .hasMessage(
                        "local:small is not asked: its limit requests-per-minute leaves no place in time");
        assertThat(failure.calls()).isZero();
        assertThat(rig.listener.retries).isEmpty();
        assertThat(
                        meters.get("battlestream.llm.limit.refused")
                                .tag("limit", "requests-per-minute")
                                .counter()
                                .count())
                .isOne();
    }

    @Test
    void aWaitForAPlaceIsNoLatencyOfTheProvider() throws Exception {
        ChatModels models =
                models(provider().withLimits(new LimitSettings(null, 6, null, PATIENT)));
        rig.server.then(client -> client.stream("one"), client -> client.stream("two"));

        models.chat(asking("local:small", "hello"), rig.listener);
        Reply second = models.chat(asking("local:small", "hello"), rig.listener);

        assertThat(rig.time.sleeps()).hasSize(1);
        assertThat(rig.time.sleeps().getFirst()).isGreaterThan(Duration.ofSeconds(5));
        assertThat(second.latency()).isZero();
    }

    @Test
    void noWaitForAPlaceIsLongerThanTheCall() {
        ChatModels models =
                ChatModelsFactory.create(
                        LlmSettings.defaults()
                                .withCallTimeout(Duration.ofSeconds(2))
                                .withProvider(
                                        "local",
                                        provider()
                                                .withLimits(
                                                        new LimitSettings(null, 1, null, PATIENT))),
                        rig.time);
        rig.server.then(client -> client.stream("fine"));

        ModelException failure =
                catchThrowableOfType(
                        ModelException.class,
                        () -> {
                            while (true) {
                                models.chat(asking("local:small", "hello"), rig.listener);
                            }
                        });

        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
    }

    private static void awaitCountDown(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static LimitSettings places(int count) {
        return new LimitSettings(count, null, null, PATIENT);
    }

    private ProviderSettings provider() {
        return ProviderSettings.openai(rig.server.baseUrl(), null);
    }

    private ChatModels models(ProviderSettings provider) {
        return ChatModelsFactory.create(
                LlmSettings.defaults().withProvider("local", provider), meters, rig.time);
    }
}
