package dev.battlestream.local.cli.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway that answers as it is told, and the command line that calls it. */
final class GatewayDouble implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    /**
     * A call that came in.
     *
     * @param path with the query
     * @param lastEventId empty without that header
     */
    record Call(String method, String path, String lastEventId, String body) {}

    /** What a command wrote, and its exit code. */
    record Ran(int code, String out, String err) {}

    GatewayDouble(Path home) {
        try {
            server = HttpServer.create(new InetSocketAddress(loopback(), 0), 5);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::handle);
        server.start();
        environment.put("BATTLESTREAM_HOME", home.toString());
        environment.put("BATTLESTREAM_PORT_BASE", Integer.toString(server.getAddress().getPort()));
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    /** Answers the calls of a path, with its query, in this order; the last answer stays. */
    void answer(String path, int status, String body) {
        answers.computeIfAbsent(path, _ -> new ArrayDeque<>()).add(new Answer(status, body));
    }

    List<Call> calls() {
        return calls;
    }

    List<Call> calls(String path) {
        return calls.stream().filter(call -> call.path().equals(path)).toList();
    }

    /** What the command line is started in. */
    Map<String, String> environment() {
        return environment;
    }

    Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Battlestream.commandLine(environment)
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments);
        return new Ran(code, out.toString(), err.toString());
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        String cursor = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        calls.add(
                new Call(
                        exchange.getRequestMethod(),
                        path,
                        cursor == null ? "" : cursor,
                        new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        Deque<Answer> told = answers.getOrDefault(path, new ArrayDeque<>());
        Answer answer =
                told.isEmpty()
                        ? new Answer(404, "{\"title\":\"Nothing is told of " + path + "\"}")
                        : told.size() == 1 ? told.getFirst() : told.removeFirst();
        byte[] bytes = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
