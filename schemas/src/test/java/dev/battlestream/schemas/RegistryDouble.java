package dev.battlestream.schemas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** A registry on loopback that knows the schemas it is given, and can be out of order. */
final class RegistryDouble implements AutoCloseable {

    private static final String API = "/apis/registry/v3";

    private final HttpServer server;
    private final Map<String, String> schemas = new ConcurrentHashMap<>();
    private volatile int status = 200;

    RegistryDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext(API + "/ids/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + API;
    }

    RegistryDouble knows(int id, Schema schema) {
        schemas.put(Integer.toString(id), schema.toString());
        return this;
    }

    /** From now on every request is answered with this status. */
    void answersOnly(int errorStatus) {
        status = errorStatus;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        boolean references = path[path.length - 1].equals("references");
        String schema = schemas.get(path[path.length - (references ? 2 : 1)]);
        if (status != 200) {
            send(exchange, status, problem(status));
        } else if (schema == null) {
            send(exchange, 404, problem(404));
        } else {
            send(exchange, 200, references ? "[]" : schema);
        }
    }

    private static String problem(int status) {
        return "{\"status\": %d, \"title\": \"Status %d\", \"name\": \"Problem\"}"
                .formatted(status, status);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
