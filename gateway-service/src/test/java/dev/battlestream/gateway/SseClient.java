package dev.battlestream.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A viewer: one connection to a stream, read line by line. */
final class SseClient implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    /** An event, or a comment under the name {@code :}. */
    record Event(String name, @Nullable Long id, String data) {}

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    private SseClient(HttpResponse<InputStream> response) {
        this.response = response;
        this.lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }

    static SseClient open(URI url, @Nullable Long lastEventId)
            throws IOException, InterruptedException {
        return open(url, lastEventId, Map.of());
    }

    static SseClient open(URI url, @Nullable Long lastEventId, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url)
                        .timeout(Duration.ofSeconds(30))
                        .header("Accept", "text/event-stream");
        headers.forEach(request::header);
        if (lastEventId != null) {
            request.header("Last-Event-ID", Long.toString(lastEventId));
        }
        return new SseClient(HTTP.send(request.build(), BodyHandlers.ofInputStream()));
    }

    int status() {
        return response.statusCode();
    }

    Map<String, List<String>> headers() {
        return response.headers().map();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The rest of the body as it is, for answers that are no stream. */
    String body() throws IOException {
        return new String(response.body().readAllBytes(), UTF_8);
    }

    /** The next event or comment; null at the end of the stream. */
    @Nullable Event next() throws IOException {
        String name = "message";
        Long id = null;
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(":")) {
                name = ":";
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = Long.valueOf(line.substring(4));
            } else if (line.startsWith("retry: ")) {
                name = line;
            } else if (line.startsWith("data: ")) {
                data.append(line, 6, line.length());
            } else if (line.isEmpty()) {
                return new Event(name, id, data.toString());
            } else {
                throw new IOException("no line of an event stream: " + line);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
