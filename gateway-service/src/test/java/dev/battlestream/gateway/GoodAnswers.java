package dev.battlestream.gateway;

import static org.awaitility.Awaitility.await;

import dev.battlestream.gateway.Gateways.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes a gateway answer each call well, in every way that has fields of its own. */
final class GoodAnswers {

    private static final String EMPTY = "{}";

    /** Two battles: of one only what its request says is known, of the other everything. */
    private static final String LIST =
            """
            {"battles":[
             {"jobId":"%1$s","battleId":"%1$s","conversationId":"%1$s","state":"failed",
              "createdAt":"2026-01-01T00:00:00.123456Z","agentId":"bot","model":"m","runId":"r",
              "turn":4,"messageCount":7,"endedReason":"error",
              "failure":{"class":"judge","detail":"It broke."},
              "usage":{"tokensIn":1,"tokensOut":2,"costUsd":"0.1",
               "byRole":{"agent":{"calls":3,"tokensIn":1,"tokensOut":2,"costUsd":"0.1"}}},
              "startedAt":"2026-01-01T00:00:01Z","endedAt":"2026-01-01T00:00:02Z"},
             {"jobId":"%1$s","battleId":"%1$s","conversationId":"%1$s","state":"running",
              "createdAt":"2026-01-01T00:00:00Z"}],
             "nextCursor":"AAAA"}
            """
                    .formatted(new UUID(0, 1));

    /** Two runs: of one only what its request says is known, of the other everything. */
    private static final String RUNS =
            """
            {"runs":[
             {"runId":"%1$s","state":"completed","endedReason":"completed","total":4,"launched":4,
              "goals":3,"costUsd":"0.0084","clientId":"key:ci",
              "requestedAt":"2026-01-01T00:00:00.5Z","startedAt":"2026-01-01T00:00:01Z",
              "endedAt":"2026-01-01T00:00:19Z","internalOnly":1},
             {"runId":"%1$s","state":"queued","total":1,"requestedAt":"2026-01-01T00:00:00Z"}],
             "nextCursor":"AAAA"}
            """
                    .formatted(new UUID(0, 1));

    private final Gateways gateways;
    private final Provocations provocations;

    GoodAnswers(Gateways gateways, Provocations provocations) {
        this.gateways = gateways;
        this.provocations = provocations;
    }

    List<Answer> of(Operation call, int status) throws Exception {
        return switch (call.id() + " " + status) {
            case "startBattle 202", "startRun 202" -> List.of(send(call, UUID.randomUUID()));
            case "startRun 200" -> List.of(repeated(call));
            case "listRuns 200" -> {
                gateways.report().lists(200, RUNS);
                yield List.of(send(call, UUID.randomUUID()));
            }
            case "readRun 200", "readRunStatus 200" ->
                    List.of(
                            send(call, provocations.run()),
                            send(call, provocations.ended(call)),
                            send(call, refused()));
            case "readRun 304", "readRunStatus 304" -> {
                UUID run = provocations.run();
                String tag = send(call, run).header("ETag");
                yield List.of(
                        provocations.send(Kind.PLAIN, call, run, EMPTY, "If-None-Match", tag));
            }
            case "readRunReport 200" -> {
                UUID run = provocations.ended(call);
                gateways.report().run(run).memberEnds("error");
                yield List.of(
                        send(call, run),
                        send(call, refused()),
                        report(call, run, "html"),
                        report(call, run, "csv"));
            }
            case "cancelRun 202" -> List.of(send(call, provocations.run()));
            case "streamRun 200" -> List.of(runStream(call));
            case "startBattle 200" -> List.of(repeated(call), waitedFor(call));
            case "listBattles 200" -> {
                gateways.report().lists(200, LIST);
                yield List.of(send(call, UUID.randomUUID()));
            }
            case "readBattle 200", "readBattleStatus 200" ->
                    List.of(
                            send(call, provocations.battle()),
                            send(call, ended("completed", "goal")),
                            send(call, ended("failed", "error")));
            case "readBattle 304", "readBattleStatus 304" -> {
                UUID battle = provocations.battle();
                String tag = send(call, battle).header("ETag");
                yield List.of(
                        provocations.send(Kind.PLAIN, call, battle, EMPTY, "If-None-Match", tag));
            }
            case "readMessages 200" -> {
                UUID battle = provocations.battle();
                gateways.report().battle(battle).message("opponent", "no");
                yield List.of(send(call, battle));
            }
            case "readVerdicts 200", "cancelBattle 202" ->
                    List.of(send(call, provocations.battle()));
            case "deleteBattle 202" -> List.of(send(call, provocations.ended(call)));
            case "streamBattle 200", "streamBattleEvents 200" -> List.of(stream(call));
            case "readAsyncApi 200" -> List.of(send(call, UUID.randomUUID()));
            case "readHealth 200" -> List.of(health(Kind.PLAIN, call));
            case "readHealth 503" -> List.of(health(Kind.WITHOUT_DATABASE, call));
            default ->
                    throw new IllegalStateException("nothing causes %s %d".formatted(call, status));
        };
    }

    private Answer send(Operation call, UUID battle) throws Exception {
        return provocations.send(Kind.PLAIN, call, battle, EMPTY);
    }

    /** How many workers are alive is missing while nobody can say, as on a machine under load. */
    private Answer health(Kind kind, Operation call) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> provocations.send(kind, call, UUID.randomUUID(), EMPTY),
                        answer -> answer.body().contains("\"alive\""));
    }

    private UUID ended(String state, String reason) {
        UUID battle = provocations.battle();
        gateways.report().battle(battle).ofRun(new UUID(0, 2)).ends(state, reason);
        return battle;
    }

    private UUID refused() {
        UUID run = UUID.randomUUID();
        gateways.report().run(run).ends("failed", "error");
        return run;
    }

    private Answer report(Operation call, UUID run, String format) throws Exception {
        return Provocations.send(
                gateways.of(Kind.PLAIN), call, call.path(run) + "?format=" + format, EMPTY);
    }

    private Answer runStream(Operation call) throws Exception {
        UUID id = UUID.randomUUID();
        RunDouble run = gateways.report().run(id);
        run.memberEnds("goal");
        run.memberEnds("error");
        StringBuilder seen = new StringBuilder();
        try (SseClient viewer =
                SseClient.open(
                        gateways.of(Kind.PLAIN).at(call.path(id)),
                        null,
                        Map.of("X-Request-Id", Provocations.REQUEST_ID))) {
            append(seen, viewer, "member");
            run.ends("completed", "completed");
            append(seen, viewer, "ended");
            return new Answer(viewer.status(), viewer.headers(), seen.toString());
        }
    }

    private Answer repeated(Operation call) throws Exception {
        String key = UUID.randomUUID().toString();
        provocations.send(Kind.PLAIN, call, UUID.randomUUID(), EMPTY, "Idempotency-Key", key);
        return provocations.send(
                Kind.PLAIN, call, UUID.randomUUID(), EMPTY, "Idempotency-Key", key);
    }

    private Answer waitedFor(Operation call) throws Exception {
        UUID battle = ended("completed", "goal");
        return provocations.send(
                Kind.PLAIN,
                call,
                battle,
                "{\"battleId\":\"%s\"}".formatted(battle),
                "Prefer",
                "wait=2");
    }

    /** A whole stream with everything in it, which only who watches live is told. */
    private Answer stream(Operation call) throws Exception {
        UUID id = UUID.randomUUID();
        BattleDouble battle = gateways.report().battle(id);
        StringBuilder seen = new StringBuilder();
        try (SseClient viewer =
                SseClient.open(
                        gateways.of(Kind.PLAIN).at(call.path(id)),
                        null,
                        Map.of("X-Request-Id", Provocations.REQUEST_ID))) {
            append(seen, viewer, "status");
            battle.writes(0, 0, "he");
            append(seen, viewer, "delta");
            battle.triesAgain(1);
            append(seen, viewer, "retry");
            battle.turn("hello").ends("completed", "goal");
            append(seen, viewer, "ended");
            return new Answer(viewer.status(), viewer.headers(), seen.toString());
        }
    }

    private static void append(StringBuilder seen, SseClient viewer, String upTo) throws Exception {
        SseClient.Event event;
        do {
            event = viewer.next();
            if (event == null) {
                throw new IllegalStateException("the stream has ended before " + upTo);
            }
            if (event.name().startsWith("retry: ")) {
                seen.append(event.name()).append("\n\n");
            } else if (!event.name().equals(":")) {
                seen.append(event.id() == null ? "" : "id: %d\n".formatted(event.id()))
                        .append("event: %s\ndata: %s\n\n".formatted(event.name(), event.data()));
            }
        } while (!event.name().equals(upTo));
    }
}
