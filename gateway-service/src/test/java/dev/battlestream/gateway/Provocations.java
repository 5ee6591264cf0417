package dev.battlestream.gateway;

import static org.awaitility.Awaitility.await;

import dev.battlestream.gateway.Gateways.Kind;
import dev.battlestream.gateway.exchange.ProblemCode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Makes a gateway answer each call with each problem that it can end with. */
final class Provocations {

    /** What every request calls itself. */
    static final String REQUEST_ID = "contract-1";

    private static final String EMPTY = "{}";

    private final Gateways gateways;

    Provocations(Gateways gateways) {
        this.gateways = gateways;
    }

    /** The answer to a request that ends with the problem. */
    Answer of(Operation call, ProblemCode code) throws Exception {
        UUID known = known(call, code);
        return switch (code) {
            case INVALID_REQUEST -> invalid(call);
            case MALFORMED_REQUEST -> raw(call, known, "");
            case MISDIRECTED_REQUEST -> raw(call, known, "Host: evil.example\r\n");
            case MODEL_NOT_ALLOWED ->
                    send(
                            Kind.ONE_MODEL,
                            call,
                            known,
                            (call.isOfRuns() ? "{\"battle\":%s}" : "%s")
                                    .formatted("{\"model\":\"openai:gpt-4o\"}"));
            case MALFORMED_JSON -> send(Kind.PLAIN, call, known, "{");
            case BODY_TOO_LARGE ->
                    send(
                            Kind.PLAIN,
                            call,
                            known,
                            "{\"goal\":\"%s\"}".formatted("x".repeat(900_000)));
            case UNSUPPORTED_MEDIA_TYPE ->
                    Answer.of(
                            plain().send(
                                            plain().request(
                                                            call.path(),
                                                            "X-Request-Id",
                                                            REQUEST_ID,
                                                            "Content-Type",
                                                            "text/plain")
                                                    .POST(BodyPublishers.ofString(EMPTY))));
            case UNAUTHORIZED -> send(Kind.WITH_KEYS, call, known, EMPTY);
            case FORBIDDEN ->
                    send(
                            Kind.WITH_KEYS,
                            call,
                            known,
                            EMPTY,
                            "X-API-Key",
                            call.method().equals("GET") ? Gateways.STARTER : Gateways.READER);
            case ORIGIN_NOT_ALLOWED ->
                    send(Kind.PLAIN, call, known, EMPTY, "Origin", "https://evil.example");
            case NOT_ACCEPTABLE -> send(Kind.PLAIN, call, known, EMPTY, "Accept", "image/png");
            case BATTLE_NOT_FOUND, RUN_NOT_FOUND ->
                    send(Kind.PLAIN, call, UUID.randomUUID(), EMPTY);
            case BATTLE_ENDED -> {
                gateways.report().battle(known).ends("completed", "goal");
                yield send(Kind.PLAIN, call, known, EMPTY);
            }
            case BATTLE_RUNNING -> send(Kind.PLAIN, call, known, EMPTY);
            case RUN_ENDED -> {
                gateways.report().run(known).ends("completed", "completed");
                yield send(Kind.PLAIN, call, known, EMPTY);
            }
            case REPORT_NOT_FINAL -> send(Kind.PLAIN, call, known, EMPTY);
            case IDEMPOTENCY_MISMATCH -> {
                String key = UUID.randomUUID().toString();
                send(Kind.PLAIN, call, known, EMPTY, "Idempotency-Key", key);
                yield send(
                        Kind.PLAIN,
                        call,
                        known,
                        "{\"labels\":{\"a\":\"b\"}}",
                        "Idempotency-Key",
                        key);
            }
            case RATE_LIMITED -> again(Kind.ONE_START, call);
            case TOO_MANY_JOBS -> again(Kind.ONE_JOB, call);
            case DAILY_BUDGET_SPENT ->
                    send(Kind.SMALL_BUDGET, call, known, "{\"budgetUsd\":\"0.51\"}");
            case TOO_MANY_STREAMS -> secondStream(call, known);
            case INTERNAL_ERROR -> send(Kind.BROKEN, call, known, EMPTY);
            case PROVIDER_REFUSED -> {
                gateways.report().battle(known).ends("failed", "error");
                yield send(Kind.PLAIN, call, known, named(known), "Prefer", "wait=1");
            }
            case WAIT_TIMED_OUT -> send(Kind.PLAIN, call, known, EMPTY, "Prefer", "wait=1");
            case DATABASE_UNAVAILABLE ->
                    send(Kind.WITHOUT_DATABASE, call, UUID.randomUUID(), EMPTY);
            case BROKER_UNAVAILABLE -> send(Kind.WITHOUT_BROKER, call, known, EMPTY);
            case REGISTRY_UNAVAILABLE -> send(Kind.WITHOUT_REGISTRY, call, known, EMPTY);
            case REPORT_UNAVAILABLE -> send(Kind.WITHOUT_REPORT, call, known, EMPTY);
            case ARCHIVE_UNAVAILABLE -> {
                gateways.report().lists(503, "{\"code\":\"archive_unavailable\"}");
                yield send(Kind.PLAIN, call, known, EMPTY);
            }
            case SHUTTING_DOWN -> stopping(call, known);
            case UNKNOWN_PATH, METHOD_NOT_ALLOWED ->
                    throw new IllegalStateException("no call that is described ends with " + code);
        };
    }

    /** A battle or run that the call can do something with, if it is not for the problem. */
    private UUID known(Operation call, ProblemCode code) {
        if (call.id().equals("deleteBattle") && code != ProblemCode.BATTLE_RUNNING) {
            return ended(call);
        }
        return call.isOfRuns() ? run() : battle();
    }

    private RunningGateway plain() {
        return gateways.of(Kind.PLAIN);
    }

    /** A battle that is being played. */
    UUID battle() {
        UUID id = UUID.randomUUID();
        gateways.report().battle(id).turn("hello");
        return id;
    }

    /** A run that is being played. */
    UUID run() {
        UUID id = UUID.randomUUID();
        gateways.report().run(id).memberEnds("goal");
        return id;
    }

    /** A battle or run that has ended, as the call names one. */
    UUID ended(Operation call) {
        UUID id = call.isOfRuns() ? run() : battle();
        if (call.isOfRuns()) {
            gateways.report().run(id).ends("completed", "completed");
        } else {
            gateways.report().battle(id).ends("completed", "goal");
        }
        return id;
    }

    /** Sends a call of a battle or run. */
    Answer send(Kind kind, Operation call, UUID id, String body, String... headers)
            throws IOException, InterruptedException {
        return send(gateways.of(kind), call, call.path(id), body, headers);
    }

    /** Sends a call to a path. */
    static Answer send(
            RunningGateway gateway, Operation call, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                gateway.request(path, headers).header("X-Request-Id", REQUEST_ID);
        return Answer.of(
                gateway.send(
                        switch (call.method()) {
                            case "POST" ->
                                    request.header("Content-Type", "application/json")
                                            .POST(BodyPublishers.ofString(body));
                            case "DELETE" -> request.DELETE();
                            default -> request.GET();
                        }));
    }

    private Answer invalid(Operation call) throws IOException, InterruptedException {
        String path =
                switch (call.id()) {
                    case "startBattle", "startRun" -> call.path();
                    case "listBattles", "listRuns" -> {
                        gateways.report()
                                .lists(
                                        400,
                                        """
                                        {"status":400,"code":"invalid_request","errors":[
                                         {"field":"state","message":"must be one of queued, running, completed, failed, canceled, timeout"},
                                         {"field":"limit","message":"must be a whole number, 1 to 200"}]}
                                        """);
                        yield call.path() + "?state=won&limit=0";
                    }
                    case "readMessages" -> call.path(battle()) + "?sinceSeq=-1&limit=201";
                    case "readVerdicts" -> call.path(battle()) + "?sinceTurn=-1&limit=201";
                    case "streamBattle", "streamBattleEvents" -> call.path(battle()) + "?after=x";
                    case "readRunReport" -> call.path(run()) + "?format=pdf&partial=maybe";
                    case "streamRun" -> call.path(run()) + "?after=x";
                    default -> call.pathOf("17");
                };
        String body =
                call.isOfRuns()
                        ? "{\"runCount\":0,\"battle\":{\"messageLimit\":0}}"
                        : "{\"messageLimit\":0,\"nonsense\":1}";
        return send(plain(), call, path, body);
    }

    private Answer raw(Operation call, UUID battle, String host) throws IOException {
        return Answer.parsed(
                RawHttp.exchange(
                        plain().port(),
                        "%s %s HTTP/1.1\r\n%sConnection: close\r\nX-Request-Id: %s\r\n\r\n"
                                .formatted(call.method(), call.path(battle), host, REQUEST_ID)));
    }

    private Answer again(Kind kind, Operation call) throws IOException, InterruptedException {
        send(kind, call, UUID.randomUUID(), EMPTY);
        return send(kind, call, UUID.randomUUID(), EMPTY);
    }

    /** One path is limited by client, the others in all. */
    private Answer secondStream(Operation call, UUID battle) throws Exception {
        Kind kind = call.id().equals("streamBattle") ? Kind.ONE_STREAM_PER_CLIENT : Kind.ONE_STREAM;
        try (SseClient first = SseClient.open(gateways.of(kind).at(call.path(battle)), null)) {
            if (first.status() != 200) {
                throw new IllegalStateException("the first stream was answered " + first.status());
            }
            return send(kind, call, battle, EMPTY);
        }
    }

    /** Asks for something that takes its time, and stops the gateway meanwhile. */
    private Answer stopping(Operation call, UUID battle) throws Exception {
        RunningGateway gateway = gateways.started(Kind.STOPPING);
        try {
            String sign =
                    switch (call.id()) {
                        case "streamBattle", "streamBattleEvents" ->
                                "battlestream_gateway_stream_feeds";
                        case "streamRun" -> "battlestream_gateway_stream_viewers";
                        default -> "battlestream_gateway_waiting";
                    };
            gateways.report().hangs(call.isStream());
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            answer.complete(
                                    send(
                                            gateway,
                                            call,
                                            call.path(battle),
                                            EMPTY,
                                            "Prefer",
                                            "wait=20"));
                        } catch (IOException | InterruptedException e) {
                            answer.completeExceptionally(e);
                        }
                    });
            await().atMost(Duration.ofSeconds(10)).until(() -> gateway.metric(sign) > 0);
            gateway.stop();
            return answer.get(20, TimeUnit.SECONDS);
        } finally {
            gateways.report().hangs(false);
            gateway.close();
        }
    }

    private static String named(UUID battle) {
        return "{\"battleId\":\"%s\"}".formatted(battle);
    }
}
