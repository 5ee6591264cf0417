package dev.battlestream.report.battle.adapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client of the stream of events. */
public final class Follower implements AutoCloseable {

    /**
     * One event.
     *
     * @param id the cursor; null for none
     */
    public record Event(@Nullable String id, String name, JsonNode data) {}

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Stream<String> lines;
    private volatile boolean brokeOff;
    private final Thread reading;

    private Follower(Stream<String> lines) {
        this.lines = lines;
        this.reading = Thread.ofVirtual().start(this::read);
    }

    /** Follows a battle through an instance, which must answer 200. */
    static Follower of(ReportFork instance, String battleId, String after) {
        return of(instance, "/internal/battles/" + battleId + "/events?after=" + after);
    }

    /** Follows what lies under a path through an instance, which must answer 200. */
    public static Follower of(ReportFork instance, String path) {
        URI uri = instance.uri(path);
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(30))
                        .header("Accept", "text/event-stream")
                        .build();
        try {
            HttpResponse<Stream<String>> answer =
                    ReportFork.CLIENT.send(request, HttpResponse.BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.statusCode() + " " + answer.body().toList());
            }
            return new Follower(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        String id = null;
        String name = "message";
        try {
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(id, name, ReportFork.parse(line.substring(6))));
                } else if (line.isEmpty()) {
                    id = null;
                    name = "message";
                }
            }
        } catch (UncheckedIOException e) {
            // The service was killed or the connection closed: what was read counts.
            brokeOff = true;
        }
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    /** The cursors so far. */
    public List<String> cursors() {
        return events.stream().map(Event::id).filter(id -> id != null).toList();
    }

    public boolean hasEnded() {
        return events.stream().anyMatch(event -> event.name().equals("ended"));
    }

    /** Whether the stream ended without an end: a client takes that for a fault. */
    boolean brokeOff() {
        return brokeOff;
    }

    public boolean closedByService() {
        return !reading.isAlive();
    }

    @Override
    public void close() {
        lines.close();
    }
}
