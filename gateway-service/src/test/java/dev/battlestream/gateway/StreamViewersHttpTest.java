package dev.battlestream.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.gateway.SseClient.Event;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Viewers that come, go, read slowly or are too many. */
class StreamViewersHttpTest extends StreamContract {

    @Test
    void allViewersOfABattleShareOneSubscription() throws Exception {
        BattleDouble battle = report.battle(id).turn("one");
        int before = report.subscriptions();
        List<SseClient> viewers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            viewers.add(SseClient.open(gateway.at(path), null));
            assertThat(nextNumbered(viewers.getLast()).id()).isEqualTo(2);
        }

        assertThat(viewers()).isEqualTo(20);
        assertThat(report.subscriptions() - before).isEqualTo(1);
        battle.turn("two").ends("completed", "goal");
        for (SseClient viewer : viewers) {
            assertThat(untilEnd(viewer).stream().map(Event::id).filter(i -> i != null))
                    .containsExactly(3L, 4L, 5L);
            viewer.close();
        }
    }

    @Test
    void aViewerThatLeavesIsNoticedAndWithTheLastOneTheSubscriptionEnds() throws Exception {
        report.battle(id).turn("one");
        SseClient viewer = SseClient.open(gateway.at(path), null);
        nextNumbered(viewer);
        assertThat(report.openStreams()).isEqualTo(1);

        viewer.close();

        await().atMost(LONG).until(() -> viewers() == 0 && report.openStreams() == 0);
    }

    @Test
    void aReaderThatDoesNotReadIsDroppedAndDisturbsNobody() throws Exception {
        BattleDouble battle = report.battle(id);
        double before = slowViewers();
        String content = "x".repeat(400_000);
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(8 * 1024);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
            slow.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(ISO_8859_1));
            await().atMost(LONG).until(() -> viewers() == 1);

            try (SseClient brisk = SseClient.open(gateway.at(path), null)) {
                for (int turn = 1; turn <= 25; turn++) {
                    battle.turn(content);
                    assertThat(nextNumbered(brisk).id()).isEqualTo(2L * turn);
                    assertThat(nextNumbered(brisk).id()).isEqualTo(2L * turn + 1);
                }
                await().atMost(LONG).until(() -> viewers() == 1);
                battle.ends("completed", "limit");
                assertThat(untilEnd(brisk).getLast().name()).isEqualTo("ended");
            }
            assertThat(slowViewers() - before).isEqualTo(1);
        }
    }

    @Test
    void aClientThatTakesTooManyStreamsIsToldToWait() throws Exception {
        BattleDouble battle = report.battle(id).turn("one");
        List<SseClient> viewers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            viewers.add(SseClient.open(gateway.at(path), null));
        }

        HttpResponse<String> refused = gateway.get(path);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(RunningGateway.json(refused).get("code").asString())
                .isEqualTo("too_many_streams");
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        battle.ends("completed", "goal");
        for (SseClient viewer : viewers) {
            untilEnd(viewer);
            viewer.close();
        }
        assertThat(gateway.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void aBattleThatNobodyKnowsIsNotFoundForBrowsersToo() throws Exception {
        try (SseClient viewer = SseClient.open(gateway.at(path), null)) {
            assertThat(viewer.status()).isEqualTo(404);
            assertThat(viewer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(viewer.body()).contains("\"code\":\"battle_not_found\"");
        }
        report.battle(id).ends("completed", "goal");
        assertThat(gateway.get(path).statusCode()).as("it is asked for anew").isEqualTo(200);
    }
}
