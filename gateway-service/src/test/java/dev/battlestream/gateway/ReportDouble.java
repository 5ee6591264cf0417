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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A report service that knows what the test tells it. It serves the internal API over real HTTP,
 * streams in the canonical order, and breaks connections when told.
 */
final class ReportDouble implements AutoCloseable {

    private static final String ROOT = "/internal/battles/";
    private static final String RUNS = "/internal/runs/";

    private final Object lock = new Object();
    private final Map<UUID, BattleDouble> battles = new ConcurrentHashMap<>();
    private final Set<UUID> deleted = ConcurrentHashMap.newKeySet();
    private final Map<UUID, RunDouble> runs = new ConcurrentHashMap<>();
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
        starting.createContext(ROOT, exchange -> answer(exchange, this::ofBattle));
        starting.createContext("/internal/battles", this::list);
        starting.createContext(RUNS, exchange -> answer(exchange, this::ofRun));
        starting.createContext("/internal/runs", this::list);
        starting.createContext("/actuator/health/readiness", exchange -> json(exchange, 200, "{}"));
        starting.start();
        return starting;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    BattleDouble battle(UUID id) {
        return battles.computeIfAbsent(id, known -> new BattleDouble(known, lock));
    }

    /** Forgets a battle and remembers that. */
    void deletes(UUID id) {
        deleted.add(id);
        battles.remove(id);
    }

    /** A scale run that is being played. */
    RunDouble run(UUID id) {
        return runs.computeIfAbsent(id, known -> new RunDouble(known, lock));
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

    /** What is answered when everything is well. */
    private interface Answering {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private void answer(HttpExchange exchange, Answering answering) throws IOException {
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
            answering.answer(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void ofBattle(HttpExchange exchange) throws IOException, InterruptedException {
        String rest = exchange.getRequestURI().getPath().substring(ROOT.length());
        UUID id = UUID.fromString(rest.substring(0, 36));
        BattleDouble battle = battles.get(id);
        if (battle == null) {
            json(exchange, deleted.contains(id) ? 410 : 404, "{}");
            return;
        }
        switch (rest.substring(36)) {
            case "" -> {
                synchronized (lock) {
                    json(exchange, 200, battle.status().toString());
                }
            }
            case "/messages" ->
                    page(exchange, battle, battle.messages(), "messages", "sinceSeq", "nextSeq");
            case "/verdicts" ->
                    page(exchange, battle, battle.verdicts(), "verdicts", "sinceTurn", "nextTurn");
            default -> stream(exchange, battle);
        }
    }

    private void ofRun(HttpExchange exchange) throws IOException, InterruptedException {
        String rest = exchange.getRequestURI().getPath().substring(RUNS.length());
        RunDouble run = runs.get(UUID.fromString(rest.substring(0, 36)));
        if (run == null) {
            json(exchange, 404, "{}");
            return;
        }
        switch (rest.substring(36)) {
            case "" -> {
                synchronized (lock) {
                    json(exchange, 200, run.status().toString());
                }
            }
            case "/report" -> report(exchange, run);
            default -> {
                int ofGeneration = generation();
                streamed(
                        exchange,
                        new RunStreamDouble(
                                        run,
                                        lock,
                                        parameter(exchange, "after"),
                                        eventsPerConnection.getAsInt(),
                                        () -> generation != ofGeneration)
                                ::write);
            }
        }
    }

    private void report(HttpExchange exchange, RunDouble run) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        synchronized (lock) {
            if (!run.hasEnded() && !query.contains("partial=true")) {
                json(exchange, 409, "{\"code\":\"report_not_final\"}");
            } else if (query.contains("format=html")) {
                text(exchange, 200, "text/html;charset=utf-8", "<!doctype html>\n<p>ü</p>");
            } else if (query.contains("format=csv")) {
                text(exchange, 200, "text/csv;charset=utf-8", "index,battleId\r\n1,ü\r\n");
            } else {
                json(exchange, 200, run.report().toString());
            }
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
            BattleDouble battle,
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
                            .put("complete", battle.hasEnded() && next >= all.size());
            page.putArray(name).addAll(some);
            json(exchange, 200, page.toString());
        }
    }

    private void stream(HttpExchange exchange, BattleDouble battle)
            throws IOException, InterruptedException {
        int ofGeneration = generation();
        StreamDouble stream =
                new StreamDouble(
                        battle,
                        lock,
                        parameter(exchange, "after"),
                        eventsPerConnection.getAsInt(),
                        () -> forgottenBefore,
                        () -> generation != ofGeneration);
        streamed(exchange, stream::write);
    }

    private interface Stream {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    private void streamed(HttpExchange exchange, Stream stream)
            throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        subscriptions.incrementAndGet();
        openStreams.incrementAndGet();
        try (OutputStream out = exchange.getResponseBody()) {
            stream.to(out);
        } finally {
            openStreams.decrementAndGet();
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
        text(exchange, code, "application/json", body);
    }

    private static void text(HttpExchange exchange, int code, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
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
