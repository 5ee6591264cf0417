package dev.battlestream.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Requests made from the OpenAPI document, right and wrong ones: each is answered in time, as the
 * document says. 2,000 of them; {@code -Dbattlestream.fuzz.requests=10000} and {@code
 * -Dbattlestream.fuzz.seed=…} ask for more and for others.
 */
class DocumentRequestsTest {

    private static final int REQUESTS = Integer.getInteger("battlestream.fuzz.requests", 2_000);
    private static final long SEED = Long.getLong("battlestream.fuzz.seed", 20_261_120);
    private static final int AT_ONCE = 16;
    private static final long MOST_GROWTH = 48L << 20;

    private final Map<Integer, LongAdder> answers = new ConcurrentSkipListMap<>();

    @Test
    void whateverIsAskedIsAnsweredAsTheDocumentSays() throws Exception {
        try (ReportDouble report = ReportDouble.started();
                RunningGateway gateway =
                        RunningGateway.start(
                                report.url(),
                                Map.of(
                                        "battlestream.stream.open-timeout",
                                        "1s",
                                        "battlestream.waiting.request-timeout",
                                        "1s"));
                HttpClient http =
                        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            gateway.awaitReady();
            JsonNode document = RunningGateway.json(gateway.get("/v3/api-docs"));
            DocumentRequests requests =
                    new DocumentRequests(
                            document,
                            SEED,
                            List.of(started(gateway, "/api/battles/start", "battleId")),
                            List.of(started(gateway, "/api/scale/start", "runId")));

            List<String> wrong = send(requests, REQUESTS / 5, gateway, http, document);
            long before = usedAfterCollection();
            wrong.addAll(send(requests, REQUESTS - REQUESTS / 5, gateway, http, document));
            long grown = usedAfterCollection() - before;

            System.out.printf(
                    "%d requests from the OpenAPI document (seed %d): answers %s, heap %+d KiB%n",
                    REQUESTS, SEED, answers, grown >> 10);
            assertThat(wrong).isEmpty();
            // Requests that were all refused, or all taken, would show nothing.
            assertThat(answers).containsKeys(200, 202, 400, 404);
            assertThat(grown).as("bytes").isLessThan(MOST_GROWTH);
        }
    }

    private static String started(RunningGateway gateway, String path, String id) throws Exception {
        return RunningGateway.json(gateway.post(path, "{}")).path(id).asString();
    }

    private List<String> send(
            DocumentRequests requests,
            int count,
            RunningGateway gateway,
            HttpClient http,
            JsonNode document)
            throws Exception {
        ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
        List<Future<?>> sent = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < count; i++) {
                DocumentRequests.Case request = requests.next();
                sent.add(
                        threads.submit(() -> {
                            String fault = fault(request, gateway, http, document);
                            if (!fault.isEmpty()) {
                                wrong.add(fault);
                            }
                            return null;
                        }));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
        return new ArrayList<>(wrong);
    }

    /** What is wrong with the answer; empty if nothing is. */
    private String fault(
            DocumentRequests.Case request,
            RunningGateway gateway,
            HttpClient http,
            JsonNode document)
            throws Exception {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(gateway.at(request.path()))
                        .timeout(Duration.ofSeconds(20))
                        .method(
                                request.method(),
                                request.body() == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(request.body()));
        request.headers().forEach(builder::header);
        HttpResponse<InputStream> answer;
        try {
            answer = http.send(builder.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            return "no answer (%s): %s".formatted(e.getMessage(), request);
        }
        int status = answer.statusCode();
        answers.computeIfAbsent(status, _ -> new LongAdder()).increment();
        Set<String> described = described(document, request.operation());
        String type = answer.headers().firstValue("Content-Type").orElse("");
        // A stream goes on: its head is enough.
        String body;
        try (InputStream in = answer.body()) {
            body = type.startsWith("text/event-stream") ? "" : new String(in.readAllBytes(), UTF_8);
        }
        boolean waitedTooLong = status == 504 && request.headers().containsKey("Prefer");
        if (!described.contains(Integer.toString(status))) {
            return "%s is not described: %s → %s".formatted(status, request, body);
        }
        if (status >= 500 && !waitedTooLong && !request.operation().startsWith("/api/health")) {
            return "%s: %s → %s".formatted(status, request, body);
        }
        if (status >= 400
                && !type.startsWith("application/problem+json")
                && !request.operation().startsWith("/api/health")) {
            return "no problem document: %s → %s %s".formatted(request, status, type);
        }
        return "";
    }

    private static Set<String> described(JsonNode document, String operation) {
        String[] parts = operation.split(" ", -1);
        return new HashSet<>(
                document.path("paths")
                        .path(parts[0])
                        .path(parts[1])
                        .path("responses")
                        .propertyNames());
    }

    private static long usedAfterCollection() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
