package dev.battlestream.local.battles.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.battlestream.local.battles.BattleTable;
import dev.battlestream.local.battles.SseEvent;
import dev.battlestream.testkit.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayTest {

    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private final HttpServer server = server();
    private final Gateway gateway =
            new Gateway("http://127.0.0.1:" + server.getAddress().getPort(), "bsk_of-a-test");

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void listen() {
        server.start();
    }

    @AfterEach
    void close() {
        gateway.close();
        server.stop(0);
    }

    @Test
    void aStatusIsReadWithItsFailureAndWhatItCost() {
        answer(
                "/api/battles/" + ID,
                200,
                """
                {"jobId":"%s","state":"failed","turn":2,"messageCount":2,"endedReason":"error",
                 "failure":{"class":"provider","detail":"400"},
                 "usage":{"tokensIn":10,"tokensOut":20,"costUsd":"0.0012"},"ofTheFuture":1}
                """
                        .formatted(ID));

        var status = gateway.statusOf(ID);

        assertThat(status.hasEnded()).isTrue();
        assertThat(status.failureClass()).isEqualTo("provider");
        assertThat(status.tokensOut()).isEqualTo(20);
        assertThat(status.costUsd()).isEqualByComparingTo("0.0012");
    }

    @Test
    void aStatusWithoutOptionalFieldsIsReadToo() {
        answer(
                "/api/battles/" + ID,
                200,
                "{\"jobId\":\"x\",\"state\":\"queued\",\"endedReason\":null}");

        assertThat(gateway.statusOf(ID).hasEnded()).isFalse();
        assertThat(gateway.statusOf(ID).messageCount()).isZero();
    }

    @Test
    void aListIsAskedForByItsParametersAndReadWithWhatIsThere() {
        List<String> queries = new ArrayList<>();
        server.createContext(
                "/api/battles",
                exchange -> {
                    queries.add(exchange.getRequestURI().getRawQuery());
                    respond(
                            exchange,
                            200,
                            """
                            {"battles":[{"battleId":"b","state":"failed","endedReason":"error",
                              "failure":{"class":"judge"},"agentId":"bot","messageCount":3,
                              "usage":{"costUsd":"0.01"},"createdAt":"2026-01-01T00:00:00Z",
                              "startedAt":"2026-01-01T00:00:01Z","endedAt":"2026-01-01T00:00:03Z"},
                             {"battleId":"c","state":"running"}],"nextCursor":"x"}
                            """);
                });

        var page = gateway.list(Map.of("agentId", "a & b"));

        assertThat(queries).containsExactly("agentId=a+%26+b");
        assertThat(
                        BattleTable.lines(
                                List.of(
                                        BattleJson.listed(page.path("battles").get(0)),
                                        BattleJson.listed(page.path("battles").get(1))),
                                ZoneOffset.UTC))
                .containsExactly(
                        "battle  created              state    ended by      agent  model  messages  took   usd",
                        "──────  ───────────────────  ───────  ────────────  ─────  ─────  ────────  ─────  ────",
                        "b       2026-01-01 00:00:00  failed   error: judge  bot    –      3         2.0 s  0.01",
                        "c       –                    running  –             –      –      –         –      –");
    }

    @Test
    void aProblemIsToldWithEveryField() {
        answer(
                "/api/battles/start",
                400,
                """
                {"title":"The request breaks rules","status":400,"code":"invalid_request",
                 "errors":[{"field":"messageLimit","message":"must be 1 to 25"},
                           {"field":"model","message":"is unknown"}]}
                """);

        assertThatThrownBy(() -> gateway.start(Gateway.body(), null))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        e -> {
                            assertThat(e.status()).isEqualTo(400);
                            assertThat(e.code()).isEqualTo("invalid_request");
                        })
                .hasMessageContaining("messageLimit: must be 1 to 25")
                .hasMessageContaining("model: is unknown");
    }

    @Test
    void aGatewayThatDoesNotRunIsSaidToBeUnreachable() {
        try (Gateway nobody = new Gateway("http://127.0.0.1:" + FreePorts.next(), "")) {
            assertThatThrownBy(() -> nobody.status(ID))
                    .isInstanceOfSatisfying(
                            GatewayException.class,
                            e -> assertThat(e.status()).isEqualTo(GatewayException.UNREACHABLE))
                    .hasMessageContaining("battlestream up");
        }
    }

    @Test
    void everyPageOfMessagesIsRead() {
        StringBuilder full = new StringBuilder();
        for (int seq = 1; seq <= 200; seq++) {
            full.append(seq == 1 ? "" : ",").append("{\"seq\":").append(seq).append('}');
        }
        server.createContext(
                "/api/battles/" + ID + "/messages",
                exchange ->
                        respond(
                                exchange,
                                200,
                                exchange.getRequestURI().getQuery().contains("sinceSeq=0&")
                                        ? "{\"messages\":[" + full + "],\"nextSeq\":200}"
                                        : "{\"messages\":[{\"seq\":201}],\"nextSeq\":201}"));

        assertThat(gateway.allMessages(ID)).hasSize(201);
    }

    @Test
    void aBrokenStreamGoesOnFromItsLastCursor() {
        List<String> cursors = new ArrayList<>();
        server.createContext(
                "/api/stream/" + ID,
                exchange -> {
                    String cursor = exchange.getRequestHeaders().getFirst("Last-Event-ID");
                    cursors.add(String.valueOf(cursor));
                    respond(
                            exchange,
                            200,
                            cursor == null
                                    ? "id: m1\nevent: message\ndata: {}\n\nid: m2\ndata: {"
                                    : "id: m2\nevent: message\ndata: {}\n\nevent: ended\ndata: {}\n\n");
                });
        List<SseEvent> events = new ArrayList<>();

        new BattleStream(gateway).follow(ID, events::add);

        assertThat(cursors).containsExactly("null", "m1");
        assertThat(events)
                .extracting(SseEvent::name)
                .containsExactly("message", "message", "ended");
        assertThat(events).extracting(SseEvent::id).containsExactly("m1", "m2", null);
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> respond(exchange, status, body));
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
