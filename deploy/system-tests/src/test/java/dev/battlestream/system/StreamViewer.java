package dev.battlestream.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Watches one battle through the gateway as a careless client does: leaves after a random number of
 * events, comes again with {@code Last-Event-ID}, and does the same when the connection breaks,
 * until the battle has ended.
 */
final class StreamViewer implements Callable<StreamViewer.Seen> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();

    /**
     * What a viewer has seen.
     *
     * @param cursors of messages and verdicts, in the order in which they came
     * @param connections how often it connected
     * @param deltas how many pieces of messages it got before the messages
     * @param faults what no viewer may see; empty if all is well
     */
    record Seen(List<Long> cursors, int connections, int deltas, List<String> faults) {}

    private record Event(String name, @Nullable Long id, String data) {}

    private final URI stream;
    private final Random random;
    private final long giveUpAt;
    private final List<Long> cursors = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final StringBuilder draft = new StringBuilder();
    private int draftFrom;
    private int connections;
    private int deltas;
    private boolean ended;

    StreamViewer(URI stream, long seed, Duration limit) {
        this.stream = stream;
        this.random = new Random(seed);
        this.giveUpAt = System.nanoTime() + limit.toNanos();
    }

    @Override
    public Seen call() throws InterruptedException {
        while (!ended) {
            if (System.nanoTime() > giveUpAt) {
                faults.add("the battle did not end in time");
                break;
            }
            connections++;
            try {
                watch();
            } catch (IOException _) {
                // The connection broke: what had come counts, and the next one goes on behind it.
            }
            Thread.sleep(Duration.ofMillis(50 + random.nextInt(200)));
        }
        return new Seen(cursors, connections, deltas, faults);
    }

    private void watch() throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(stream)
                        .timeout(Duration.ofSeconds(20))
                        .header("Accept", "text/event-stream");
        if (!cursors.isEmpty()) {
            request.header("Last-Event-ID", cursors.getLast().toString());
        }
        HttpResponse<InputStream> answer = HTTP.send(request.build(), BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            if (answer.statusCode() == 503 || answer.statusCode() == 404) {
                // Nobody can tell yet: a battle that was asked for on the log may be unknown here.
                return;
            }
            if (answer.statusCode() != 200) {
                faults.add("status " + answer.statusCode());
                return;
            }
            draft.setLength(0);
            draftFrom = -1;
            read(lines, 1 + random.nextInt(25));
        }
    }

    private void read(BufferedReader lines, int patience) throws IOException {
        int left = patience;
        for (Event event = next(lines); event != null && !ended; event = next(lines)) {
            switch (event.name()) {
                case "message", "verdict" -> {
                    numbered(event);
                    if (--left == 0) {
                        return;
                    }
                }
                case "delta" -> delta(JSON.readTree(event.data()));
                case "retry" -> startDraft(0);
                case "ended" -> ended = true;
                case "resync" -> faults.add("resync");
                default -> {
                    // A status, or the opening.
                }
            }
        }
    }

    private void numbered(Event event) throws IOException {
        if (event.id() == null) {
            faults.add(event.name() + " without a cursor");
            return;
        }
        cursors.add(event.id());
        if (event.name().equals("message")) {
            String content = JSON.readTree(event.data()).path("content").asText();
            if (draftFrom >= 0 && !content.startsWith(draft.toString(), draftFrom)) {
                faults.add("the deltas before cursor %d are not its text".formatted(event.id()));
            }
            startDraft(-1);
        }
    }

    private void delta(JsonNode delta) {
        deltas++;
        long delivered = cursors.isEmpty() ? 0 : cursors.getLast() / 2;
        if (delta.path("seq").asLong() != delivered + 1) {
            faults.add(
                    "a delta of message %d behind message %d"
                            .formatted(delta.path("seq").asLong(), delivered));
        }
        int offset = delta.path("offset").asInt();
        if (draftFrom < 0 || offset != draftFrom + draft.length()) {
            startDraft(offset);
        }
        draft.append(delta.path("text").asText());
    }

    private void startDraft(int from) {
        draft.setLength(0);
        draftFrom = from;
    }

    private static @Nullable Event next(BufferedReader lines) throws IOException {
        String name = "";
        Long id = null;
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                return new Event(name, id, data);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = Long.valueOf(line.substring(4));
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
        return null;
    }
}
