package dev.battlestream.llm.adapter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on loopback that answers as it is told, byte for byte, in the words of one kind of
 * provider: it can stop in the middle, send rubbish, and see that its client hangs up.
 */
final class ProviderDouble implements AutoCloseable {

    /** What is done with one request. */
    interface Behaviour {
        void answer(Client client) throws IOException;
    }

    record Received(String head, String body) {}

    private final Dialect dialect;
    private final ServerSocket server;
    private final Queue<Behaviour> behaviours = new ConcurrentLinkedQueue<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CompletableFuture<Void> hungUp = new CompletableFuture<>();

    ProviderDouble() throws IOException {
        this(Dialect.OPENAI);
    }

    ProviderDouble(Dialect dialect) throws IOException {
        this.dialect = dialect;
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    /** The next requests are answered like this, in this order. */
    ProviderDouble then(Behaviour... next) {
        behaviours.addAll(List.of(next));
        return this;
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    int connections() {
        return connections.get();
    }

    /** Done when a client has closed its side while it was waited on. */
    CompletableFuture<Void> hungUp() {
        return hungUp;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            Client client = new Client(socket);
            for (String head = readHead(in); !head.isEmpty(); head = readHead(in)) {
                byte[] body = in.readNBytes(contentLength(head));
                Received request = new Received(head, new String(body, StandardCharsets.UTF_8));
                received.add(request);
                client.request = request;
                Behaviour behaviour = behaviours.poll();
                if (behaviour == null) {
                    throw new IllegalStateException("One request more than expected");
                }
                behaviour.answer(client);
            }
        } catch (IOException _) {
            // The client has gone, or the test has ended.
        }
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static int contentLength(String head) {
        return head.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    /** The server's side of one connection. */
    final class Client {

        private final Socket socket;
        private Received request = new Received("", "");

        private Client(Socket socket) {
            this.socket = socket;
        }

        /** The request to be answered. */
        Received request() {
            return request;
        }

        /** A whole answer. */
        void answer(int status, String headers, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            raw(
                    "HTTP/1.1 %d Whatever\r\n%sContent-Length: %d\r\n\r\n%s"
                            .formatted(status, headers, bytes.length, body));
        }

        /** A whole streamed reply, with its usage: 11 tokens in, 7 out. */
        void stream(String... pieces) throws IOException {
            begin();
            for (String piece : pieces) {
                delta(piece);
            }
            finish("stop");
            end();
        }

        void begin() throws IOException {
            raw(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (String event : dialect.opening()) {
                event(event);
            }
        }

        void delta(String text) throws IOException {
            event(dialect.delta(text));
        }

        /** Says why the reply ends, as OpenAI calls it. */
        void finish(String reason) throws IOException {
            for (String event : dialect.closing(reason)) {
                event(event);
            }
        }

        /** No more comes; the connection stays. */
        void end() throws IOException {
            raw("0\r\n\r\n");
        }

        void event(String data) throws IOException {
            chunked(dialect.named(data) + "data: " + data + "\n\n");
        }

        void chunked(String text) throws IOException {
            int length = text.getBytes(StandardCharsets.UTF_8).length;
            raw(Integer.toHexString(length) + "\r\n" + text + "\r\n");
        }

        void raw(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        void hangUp() throws IOException {
            socket.close();
        }

        /** Says nothing more and waits until the client hangs up. */
        void awaitHangUp() {
            try {
                while (socket.getInputStream().read() >= 0) {
                    // Nothing is expected; only the end is.
                }
                hungUp.complete(null);
            } catch (IOException e) {
                if (server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
                hungUp.complete(null);
            }
        }
    }
}
