package dev.battlestream.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A battle as the report service knows it; what is read of it is read under its lock. */
final class BattleDouble {
    /** Something that was streamed: its cursor, its name and its data. */
    record Event(long cursor, String name, String data) {}

    private final UUID id;
    private final Object lock;
    private final List<Event> events = new ArrayList<>();
    private final List<String> passing = new ArrayList<>();
    private final List<ObjectNode> messages = new ArrayList<>();
    private final List<ObjectNode> verdicts = new ArrayList<>();
    private String state = "queued";
    private @Nullable String endedReason;
    private @Nullable UUID runId;

    BattleDouble(UUID id, Object lock) {
        this.id = id;
        this.lock = lock;
    }

    /** The agent says something, and the judge something of it. */
    BattleDouble turn(String content) {
        int seq = message("agent", content);
        return verdict(seq);
    }

    /** Somebody says something; answers its seq. */
    int message(String role, String content) {
        synchronized (lock) {
            state = "running";
            int seq = messages.size() + 1;
            ObjectNode message =
                    RunningGateway.JSON
                            .createObjectNode()
                            .put("seq", seq)
                            .put("turn", verdicts.size() + 1)
                            .put("role", role)
                            .put("content", content)
                            .put("tokensIn", 12)
                            .put("tokensOut", 34)
                            .put("costUsd", "0.00012")
                            .put("model", "scripted:goal-at-4")
                            .put("answeredBy", "spare:never")
                            .put("latencyMs", 56)
                            .put("createdAt", "2026-01-01T00:00:01.123456Z")
                            .put("internalOnly", "must not be passed on");
            messages.add(message);
            events.add(new Event(2L * seq, "message", message.toString()));
            lock.notifyAll();
            return seq;
        }
    }

    /** The judge says no. */
    BattleDouble verdict(int seq) {
        synchronized (lock) {
            ObjectNode verdict =
                    RunningGateway.JSON
                            .createObjectNode()
                            .put("turn", verdicts.size() + 1)
                            .put("seq", seq)
                            .put("verdict", "no")
                            .put("decidedBy", "fast")
                            .put("confidence", 0.75)
                            .put("reason", "not yet")
                            .put("model", "scripted:judge")
                            .put("tokensIn", 1)
                            .put("tokensOut", 2)
                            .put("latencyMs", 7)
                            .put("costUsd", "0.00001")
                            .put("createdAt", "2026-01-01T00:00:02Z")
                            .put("progress", 0.25);
            verdict.putArray("criteriaApplied").add("fast:goal");
            ObjectNode stage = verdict.putArray("stages").addObject();
            stage.putArray("criteriaApplied").add("fast:goal");
            stage.put("promptVersion", "fast/1")
                    .put("attempt", 1)
                    .put("progress", 0.25)
                    .put("stage", "fast")
                    .put("verdict", "no")
                    .put("confidence", 0.75)
                    .put("reason", "not yet")
                    .put("model", "scripted:judge")
                    .put("answeredBy", "spare:judge")
                    .put("tokensIn", 1)
                    .put("tokensOut", 2)
                    .put("latencyMs", 7)
                    .put("costUsd", "0.00001");
            verdicts.add(verdict);
            events.add(new Event(2L * seq + 1, "verdict", verdict.toString()));
            lock.notifyAll();
            return this;
        }
    }

    /** Somebody writes something of the next message; who does not listen misses it. */
    BattleDouble writes(int index, int offset, String text) {
        return tells(
                "delta", delta(messages.size() + 1, index).put("offset", offset).put("text", text));
    }

    /** The call for the next message failed and is tried again. */
    BattleDouble triesAgain(int index) {
        return tells("retry", delta(messages.size() + 1, index));
    }

    private ObjectNode delta(int seq, int index) {
        return RunningGateway.JSON
                .createObjectNode()
                .put("seq", seq)
                .put("turn", seq)
                .put("attempt", 1)
                .put("index", index);
    }

    /** An event without a place. */
    BattleDouble tells(String name, ObjectNode data) {
        synchronized (lock) {
            passing.add("event: " + name + "\ndata: " + data + "\n\n");
            lock.notifyAll();
            return this;
        }
    }

    /** It belongs to a scale run. */
    BattleDouble ofRun(UUID run) {
        synchronized (lock) {
            runId = run;
            return this;
        }
    }

    BattleDouble ends(String endState, String reason) {
        synchronized (lock) {
            state = endState;
            endedReason = reason;
            lock.notifyAll();
            return this;
        }
    }

    ObjectNode status() {
        ObjectNode status =
                RunningGateway.JSON
                        .createObjectNode()
                        .put("jobId", id.toString())
                        .put("conversationId", id.toString())
                        .put("state", state)
                        .put("progress", endedReason == null ? 0.04 * verdicts.size() : 1)
                        .put("turn", verdicts.size())
                        .put("messageCount", messages.size())
                        .put("lastSeq", messages.size())
                        .put("lastActivityAt", "2026-01-01T00:00:02Z")
                        .put("startedAt", "2026-01-01T00:00:00Z")
                        .put("complete", endedReason != null);
        ObjectNode usage = status.putObject("usage");
        usage.put("tokensIn", 12).put("tokensOut", 34).put("costUsd", "0.00013");
        usage.putObject("byRole")
                .putObject("agent")
                .put("calls", 1)
                .put("tokensIn", 12)
                .put("tokensOut", 34)
                .put("costUsd", "0.00012");
        if (runId != null) {
            status.put("runId", runId.toString());
        }
        if (endedReason != null) {
            status.put("endedReason", endedReason).put("endedAt", "2026-01-01T00:00:09Z");
            if (endedReason.equals("error")) {
                status.putObject("failure").put("class", "provider").put("detail", "It broke.");
            }
        }
        return status;
    }

    String state() {
        return state;
    }

    boolean hasEnded() {
        return endedReason != null;
    }

    List<ObjectNode> messages() {
        return messages;
    }

    List<ObjectNode> verdicts() {
        return verdicts;
    }

    /** What has a place, in its order. */
    List<Event> events() {
        return events;
    }

    /** What has none, as it is written, in the order in which it was told. */
    List<String> passing() {
        return passing;
    }
}
