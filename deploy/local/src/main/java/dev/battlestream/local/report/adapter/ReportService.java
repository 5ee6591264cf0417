package dev.battlestream.local.report.adapter;

import dev.battlestream.local.platform.adapter.PlatformException;
import dev.battlestream.local.report.Place;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The report service's own interface, which only this machine reaches. */
public final class ReportService implements AutoCloseable {

    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);
    private static final int NOT_FOUND = 404;
    private static final int DELETED = 410;

    private final JsonMapper json = JsonMapper.builder().build();
    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    /** Who tells of a battle or run. */
    public enum Source {
        /** The Kafka Streams views. */
        VIEWS("views", "battlestream-report"),
        /** The archive in PostgreSQL. */
        ARCHIVE("archive", "battlestream-archive");

        private final String label;
        private final String group;

        Source(String label, String group) {
            this.label = label;
            this.group = group;
        }

        /** The consumer group that reads the log for it. */
        public String group() {
            return group;
        }

        /** The name in addresses and on screen. */
        public String label() {
            return label;
        }
    }

    /** Reads a body as it comes. */
    public interface Reading<R> {

        R read(InputStream body) throws IOException;
    }

    /**
     * @param base such as {@code http://127.0.0.1:8083}
     */
    public ReportService(String base) {
        this.base = base;
    }

    /**
     * Up to where the source has read: the offset of the next record, by partition. Empty while
     * that cannot be told.
     */
    public Map<Place, Long> readTo(Source source) {
        Map<Place, Long> readTo = new HashMap<>();
        try {
            for (JsonNode at :
                    get("/internal/" + source.label()).orElseThrow().path("partitions")) {
                readTo.put(
                        new Place(at.path("topic").asString(), at.path("partition").asInt()),
                        at.path("readTo").asLong());
            }
        } catch (UnansweredException _) {
            return Map.of();
        }
        return readTo;
    }

    /**
     * The JSON of a path.
     *
     * @return empty where there is no such thing
     * @throws UnansweredException when the service does not answer as it should
     */
    public Optional<JsonNode> get(String path) {
        return get(path, json::readTree);
    }

    /** As {@link #get(String)}, for a body that is too large to be held. */
    public <R> Optional<R> get(String path, Reading<R> reading) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(CALL_LIMIT)
                        .header("Accept", "application/json, application/problem+json")
                        .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() == NOT_FOUND || answer.statusCode() == DELETED) {
                    return Optional.empty();
                }
                if (answer.statusCode() / 100 != 2) {
                    throw new UnansweredException(
                            "The report service answered %d to %s"
                                    .formatted(answer.statusCode(), path));
                }
                return Optional.of(reading.read(body));
            }
        } catch (IOException | JacksonException e) {
            throw new UnansweredException(
                    "The report service at %s does not answer %s: %s".formatted(base, path, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
