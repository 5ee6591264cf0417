package dev.battlestream.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A report service that knows what the test tells it. It serves the internal API over real HTTP,
 * streams in the canonical order, and breaks connections when told.
 */
final class ReportDouble implements AutoCloseable {

    /** Something that was streamed: its cursor, its name and its data. */
    private record Event(long cursor, String name, String data) {}

    /** A battle as the report service knows it. */
    final class Battle {
        private final UUID id;
        private final List<Event> events = new ArrayList<>();
        private final List<String> passing = new ArrayList<>();
        private final List<ObjectNode> messages = new ArrayList<>();
        private final List<ObjectNode> verdicts = new ArrayList<>();
        private String state = "queued";
        private @Nullable String endedReason;
        private @Nullable UUID runId;

        private Battle(UUID id) {
            this.id = id;
        }

        /** The agent says something, and the judge something of it. */
        Battle turn(String content) {
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
        Battle verdict(int seq) {
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
                                .put("createdAt", "2026-01-01T00:00:02Z");
                verdict.putArray("criteriaApplied").add("fast:goal");
                verdict.putArray("stages")
                        .addObject()
                        .put("stage", "fast")
                        .put("verdict", "no")
                        .put("confidence", 0.75)
                        .put("reason", "not yet")
                        .put("model", "scripted:judge")
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
        Battle writes(int index, int offset, String text) {
            return tells(
                    "delta",
                    delta(messages.size() + 1, index).put("offset", offset).put("text", text));
        }

        /** The call for the next message failed and is tried again. */
        Battle triesAgain(int index) {
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
        Battle tells(String name, ObjectNode data) {
            synchronized (lock) {
                passing.add("event: " + name + "\ndata: " + data + "\n\n");
                lock.notifyAll();
                return this;
            }
        }

        /** It belongs to a scale run. */
        Battle ofRun(UUID run) {
            synchronized (lock) {
                runId = run;
                return this;
            }
        }

        Battle ends(String endState, String reason) {
            synchronized (lock) {
                state = endState;
                endedReason = reason;
                lock.notifyAll();
                return this;
            }
        }

        private ObjectNode status() {
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
    }

    private static final String ROOT = "/internal/battles/";

    private final Object lock = new Object();
    private final Map<UUID, Battle> battles = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger openStreams = new AtomicInteger();
    private final AtomicInteger subscriptions = new AtomicInteger();
    private final List<Map<String, List<String>>> headers = new ArrayList<>();
    private HttpServer server;
    private final int port;
    private volatile int status;
    private volatile boolean hanging;
    private volatile Map.Entry<Integer, String> listAnswer = Map.entry(200, "{\"battles\":[]}");
    private volatile String lastListQuery = "";
    private volatile long forgottenBefore;
    private volatile IntSupplier eventsPerConnection = () -> Integer.MAX_VALUE;
    private int generation;

    ReportDouble() throws IOException {
        server = serve(0);
        port = server.getAddress().getPort();
    }

    /** A new one that runs. */
    static ReportDouble started() {
        try {
            return new ReportDouble();
        } catch (IOException e) {
            throw new UncheckedIOException("no room for a report service", e);
        }
    }

    private HttpServer serve(int onPort) throws IOException {
        HttpServer starting =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
        starting.setExecutor(threads);
        starting.createContext(ROOT, this::answer);
        starting.createContext("/internal/battles", this::list);
        starting.createContext("/actuator/health/readiness", exchange -> json(exchange, 200, "{}"));
        starting.start();
        return starting;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Battle battle(UUID id) {
        return battles.computeIfAbsent(id, Battle::new);
    }

    /** Every answer has this status; 0 for the right one. */
    void answersWith(int brokenStatus) {
        status = brokenStatus;
    }

    /** Takes requests and never answers. */
    void hangs(boolean hang) {
        hanging = hang;
    }

    /** Each stream is cut after as many events as this says, at any byte of the next one. */
    void cutsStreamsAfter(IntSupplier events) {
        eventsPerConnection = events;
    }

    /** Streams tell nothing of messages before a seq, as if retention had passed them. */
    void forgetsBefore(int seq) {
        forgottenBefore = 2L * seq;
    }

    /** Ends as a process that was killed does. */
    void dies() {
        synchronized (lock) {
            generation++;
            lock.notifyAll();
        }
        server.stop(0);
    }

    /** Comes back on the same port, with all it knew. */
    void comesBack() throws IOException {
        server = serve(port);
    }

    /** Streams that are open now. */
    int openStreams() {
        return openStreams.get();
    }

    /** Streams that were ever opened. */
    int subscriptions() {
        return subscriptions.get();
    }

    /** The headers of the last request for a battle. */
    Map<String, List<String>> lastHeaders() {
        synchronized (headers) {
            return headers.getLast();
        }
    }

    /** What the archive answers to whatever is asked of it. */
    void lists(int listStatus, String body) {
        listAnswer = Map.entry(listStatus, body);
    }

    /** The query of the last list, as it came; empty without one. */
    String lastListQuery() {
        return lastListQuery;
    }

    private void list(HttpExchange exchange) throws IOException {
        lastListQuery = String.valueOf(exchange.getRequestURI().getRawQuery());
        json(exchange, listAnswer.getKey(), listAnswer.getValue());
    }

    private void answer(HttpExchange exchange) throws IOException {
        synchronized (headers) {
            headers.add(Map.copyOf(exchange.getRequestHeaders()));
        }
        try {
            if (hanging) {
                awaitUnhang();
            }
            if (status != 0) {
                json(exchange, status, "{\"detail\":\"internal secret\"}");
                return;
            }
            String rest = exchange.getRequestURI().getPath().substring(ROOT.length());
            Battle battle = battles.get(UUID.fromString(rest.substring(0, 36)));
            if (battle == null) {
                json(exchange, 404, "{}");
                return;
            }
            switch (rest.substring(36)) {
                case "" -> {
                    synchronized (lock) {
                        json(exchange, 200, battle.status().toString());
                    }
                }
                case "/messages" ->
                        page(exchange, battle, battle.messages, "messages", "sinceSeq", "nextSeq");
                case "/verdicts" ->
                        page(
                                exchange,
                                battle,
                                battle.verdicts,
                                "verdicts",
                                "sinceTurn",
                                "nextTurn");
                default -> stream(exchange, battle);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private int generation() {
        synchronized (lock) {
            return generation;
        }
    }

    private void awaitUnhang() throws InterruptedException {
        synchronized (lock) {
            while (hanging) {
                lock.wait(20);
            }
        }
    }

    private void page(
            HttpExchange exchange,
            Battle battle,
            List<ObjectNode> all,
            String name,
            String sinceName,
            String nextName)
            throws IOException {
        int since = (int) parameter(exchange, sinceName);
        int limit = (int) parameter(exchange, "limit");
        synchronized (lock) {
            List<ObjectNode> some =
                    all.subList(
                            Math.min(since, all.size()),
                            Math.min((int) Math.min((long) since + limit, all.size()), all.size()));
            int next = since + some.size();
            ObjectNode page =
                    RunningGateway.JSON
                            .createObjectNode()
                            .put(nextName, next)
                            .put("total", all.size())
                            .put("complete", battle.endedReason != null && next >= all.size());
            page.putArray(name).addAll(some);
            json(exchange, 200, page.toString());
        }
    }

    private void stream(HttpExchange exchange, Battle battle)
            throws IOException, InterruptedException {
        int ofGeneration = generation();
        int left = eventsPerConnection.getAsInt();
        long cursor = parameter(exchange, "after");
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        subscriptions.incrementAndGet();
        openStreams.incrementAndGet();
        try (OutputStream out = exchange.getResponseBody()) {
            String told = "";
            int passed = passing(battle);
            while (true) {
                List<Event> next;
                List<String> passing;
                String state;
                String data;
                boolean ended;
                synchronized (lock) {
                    long from = cursor;
                    next =
                            battle.events.stream()
                                    .filter(e -> e.cursor() > from)
                                    .filter(e -> e.cursor() >= forgottenBefore)
                                    .toList();
                    state = battle.state;
                    data = battle.status().toString();
                    ended = battle.endedReason != null;
                    passing = List.copyOf(battle.passing.subList(passed, battle.passing.size()));
                    passed += passing.size();
                    if (next.isEmpty() && passing.isEmpty() && state.equals(told) && !ended) {
                        lock.wait(200);
                        if (generation != ofGeneration) {
                            return;
                        }
                        out.write(": still here\n\n".getBytes(UTF_8));
                        out.flush();
                        continue;
                    }
                }
                if (!state.equals(told)) {
                    told = state;
                    out.write(("event: status\ndata: " + data + "\n\n").getBytes(UTF_8));
                }
                for (Event event : next) {
                    byte[] bytes =
                            "id: %d\nevent: %s\ndata: %s\n\n"
                                    .formatted(event.cursor(), event.name(), event.data())
                                    .getBytes(UTF_8);
                    if (left-- <= 0) {
                        out.write(bytes, 0, bytes.length / 2);
                        return;
                    }
                    out.write(bytes);
                    cursor = event.cursor();
                }
                for (String event : passing) {
                    out.write(event.getBytes(UTF_8));
                }
                if (ended) {
                    out.write(("event: ended\ndata: " + data + "\n\n").getBytes(UTF_8));
                    return;
                }
                out.flush();
            }
        } finally {
            openStreams.decrementAndGet();
        }
    }

    private int passing(Battle battle) {
        synchronized (lock) {
            return battle.passing.size();
        }
    }

    private static long parameter(HttpExchange exchange, String name) {
        Matcher value =
                Pattern.compile("(^|&)" + name + "=([0-9]+)(&|$)")
                        .matcher(String.valueOf(exchange.getRequestURI().getQuery()));
        if (!value.find()) {
            throw new IllegalArgumentException("the gateway did not send " + name);
        }
        return Long.parseLong(value.group(2));
    }

    private static void json(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        hanging = false;
        dies();
        threads.shutdownNow();
    }
}
