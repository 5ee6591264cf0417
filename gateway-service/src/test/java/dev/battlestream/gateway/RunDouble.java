package dev.battlestream.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A scale run of four battles as the report service knows it; read under its lock. */
final class RunDouble {

    private static final int TOTAL = 4;

    private final UUID id;
    private final Object lock;
    private final List<ObjectNode> ended = new ArrayList<>();
    private String state = "running";
    private @Nullable String endedReason;

    RunDouble(UUID id, Object lock) {
        this.id = id;
        this.lock = lock;
    }

    /** One of its battles ends; answers the place. */
    int memberEnds(String reason) {
        synchronized (lock) {
            ended.add(member(ended.size() + 1, reason));
            lock.notifyAll();
            return ended.size();
        }
    }

    private static ObjectNode member(int index, String reason) {
        ObjectNode member =
                RunningGateway.JSON
                        .createObjectNode()
                        .put("index", index)
                        .put("battleId", new UUID(7, index).toString())
                        .put("variant", "short")
                        .put("state", "ended")
                        .put("reason", reason)
                        .put("turns", 4)
                        .put("costUsd", "0.0021")
                        .put("durationMs", 8250)
                        .put("launchedAt", "2026-01-01T00:00:01Z")
                        .put("endedAt", "2026-01-01T00:00:09.25Z")
                        .put("internalOnly", "must not be passed on");
        return reason.equals("error") ? member.put("failureClass", "provider") : member;
    }

    RunDouble ends(String endState, String reason) {
        synchronized (lock) {
            state = endState;
            endedReason = reason;
            lock.notifyAll();
            return this;
        }
    }

    boolean hasEnded() {
        return endedReason != null;
    }

    /** The battles that have ended, each at its place. */
    List<ObjectNode> members() {
        return ended;
    }

    ObjectNode status() {
        int running = endedReason == null ? Math.min(2, TOTAL - ended.size()) : 0;
        ObjectNode status =
                RunningGateway.JSON
                        .createObjectNode()
                        .put("runId", id.toString())
                        .put("state", state)
                        .put("progress", endedReason == null ? ended.size() / (double) TOTAL : 1)
                        .put("completed", ended.size())
                        .put("total", TOTAL)
                        .put("running", running)
                        .put("launched", ended.size() + running)
                        .put("costUsd", "0.0084")
                        .put("unsettledUsd", "0.001")
                        .put("requestedAt", "2026-01-01T00:00:00.5Z")
                        .put("startedAt", "2026-01-01T00:00:01Z")
                        .put("lastPlace", ended.size())
                        .put("internalOnly", "must not be passed on");
        status.set("counts", counts());
        if (endedReason == null && !ended.isEmpty()) {
            status.put("etaSeconds", 12);
        }
        if (endedReason != null) {
            status.put("endedReason", endedReason).put("endedAt", "2026-01-01T00:00:19Z");
        }
        if (state.equals("failed")) {
            status.putObject("failure").put("class", "request").put("detail", "Too many battles.");
        }
        return status;
    }

    private ObjectNode counts() {
        ObjectNode counts = RunningGateway.JSON.createObjectNode();
        for (String reason :
                List.of(
                        "goal", "limit", "plateau", "stopped", "budget", "error", "manual",
                        "timeout")) {
            counts.put(
                    reason,
                    (int)
                            ended.stream()
                                    .filter(m -> m.path("reason").asString().equals(reason))
                                    .count());
        }
        return counts;
    }

    /** As the report service has it; of one that was refused only what its outcome says. */
    ObjectNode report() {
        JsonNode asked =
                RunningGateway.JSON.readTree(
                        """
                        {"digest":"9f2c","agentId":"agent","model":"scripted:goal-at-4",
                         "messageLimit":25,"runCount":4,"concurrency":2,
                         "variants":[{"name":"short","model":"scripted:instant"}],
                         "seed":7,"budgetUsd":"0.5","timeoutSeconds":86400,
                         "labels":{"suite":"checkout"}}
                        """);
        ObjectNode report =
                (ObjectNode)
                        RunningGateway.JSON.readTree(
                                """
                                {"failures":{"request":0,"provider":1,"judge":0,"platform":0,
                                             "budget":0,"unknown":0},
                                 "successRate":{"goals":3,"completed":4,"value":0.75,"low":0.301,
                                                "high":0.954,"confidence":0.95,"method":"wilson"},
                                 "turnsToGoal":{"count":3,"min":4,"median":4,"p90":5,"max":5,
                                                "histogram":[{"turns":4,"battles":2},
                                                             {"turns":5,"battles":1}]},
                                 "turnLatencyMs":{"count":12,"p50":700,"p90":900,"p95":950,
                                                  "p99":990,"max":991},
                                 "battleDurationMs":{"count":4,"p50":8000,"p90":9000,"p95":9000,
                                                     "p99":9000,"max":9000},
                                 "usage":{"tokensIn":100,"tokensOut":50,"costUsd":"0.0084",
                                          "unsettledUsd":"0.001",
                                          "byRole":{
                                           "agent":{"calls":1,"tokensIn":1,"tokensOut":1,"costUsd":"0"},
                                           "opponent":{"calls":1,"tokensIn":1,"tokensOut":1,"costUsd":"0"},
                                           "fastJudge":{"calls":1,"tokensIn":1,"tokensOut":1,"costUsd":"0"},
                                           "strongJudge":{"calls":1,"tokensIn":1,"tokensOut":1,"costUsd":"0"}}},
                                 "variants":[{"name":"short","model":"scripted:instant",
                                              "completed":4,"goals":3,"value":0.75,"low":0.301,
                                              "high":0.954,"medianTurnsToGoal":4,"costUsd":"0.0084"}],
                                 "asOf":[{"topic":"scale.members","partition":3,"offset":17}]}
                                """);
        ObjectNode status = status();
        for (String name :
                List.of(
                        "runId",
                        "state",
                        "endedReason",
                        "failure",
                        "total",
                        "launched",
                        "completed",
                        "counts",
                        "startedAt",
                        "endedAt")) {
            if (status.has(name)) {
                report.set(name, status.get(name));
            }
        }
        report.put("final", hasEnded()).putArray("members").addAll(ended);
        return state.equals("failed") ? report : report.set("specification", asked);
    }
}
