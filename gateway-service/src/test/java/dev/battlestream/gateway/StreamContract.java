package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.gateway.SseClient.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** What the tests of streams share: a gateway of short patience in front of one report service. */
abstract class StreamContract {

    static final Duration LONG = Duration.ofSeconds(20);

    static ReportDouble report;
    static RunningGateway gateway;

    final UUID id = UUID.randomUUID();
    final String path = "/api/stream/" + id;

    @BeforeAll
    static void start() throws IOException {
        report = new ReportDouble();
        gateway =
                RunningGateway.start(
                        report.url(),
                        Map.ofEntries(
                                Map.entry("battlestream.stream.heartbeat", "300ms"),
                                Map.entry("battlestream.stream.linger", "100ms"),
                                Map.entry("battlestream.stream.max-viewers-per-client", "64"),
                                Map.entry("battlestream.scale.streams.most", "48"),
                                Map.entry("battlestream.scale.streams.most-per-client", "40"),
                                Map.entry("battlestream.stream.feed-memory", "32MB"),
                                Map.entry("battlestream.stream.min-backoff", "10ms"),
                                Map.entry("battlestream.stream.max-backoff", "200ms"),
                                Map.entry("battlestream.stream.open-timeout", "3s"),
                                Map.entry("battlestream.report.timeout", "1s"),
                                // So that a header makes another client of a request.
                                Map.entry("battlestream.gateway.trusted-proxies", "127.0.0.0/8"),
                                Map.entry("server.jetty.connection-idle-timeout", "1s")));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        report.close();
    }

    @AfterEach
    void nobodyIsLeft() {
        report.cutsStreamsAfter(() -> Integer.MAX_VALUE);
        await().atMost(LONG)
                .untilAsserted(() -> {
                    assertThat(viewers()).isZero();
                    assertThat(gateway.metric("battlestream_gateway_stream_feeds")).isZero();
                    assertThat(gateway.metric("battlestream_gateway_stream_feed_bytes")).isZero();
                    assertThat(report.openStreams()).isZero();
                });
    }

    static double viewers() throws IOException, InterruptedException {
        return gateway.metric("battlestream_gateway_stream_viewers");
    }

    static double slowViewers() throws IOException, InterruptedException {
        return gateway.metric("battlestream_gateway_stream_dropped_total{reason=\"slow\"}");
    }

    static Event next(SseClient viewer) throws IOException {
        Event event = viewer.next();
        if (event == null) {
            throw new AssertionError("the stream has ended");
        }
        return event;
    }

    /** The next event that is no comment and no status. */
    static Event nextNamed(SseClient viewer) throws IOException {
        Event event = next(viewer);
        while (List.of(":", "status", "retry: 2000").contains(event.name())) {
            event = next(viewer);
        }
        return event;
    }

    /** The next message or verdict. */
    static Event nextNumbered(SseClient viewer) throws IOException {
        Event event = next(viewer);
        while (event.id() == null) {
            event = next(viewer);
        }
        return event;
    }

    /** All that comes, without comments, until the server closes the stream. */
    static List<Event> untilEnd(SseClient viewer) throws IOException {
        List<Event> events = new ArrayList<>();
        for (@Nullable Event event = viewer.next(); event != null; event = viewer.next()) {
            if (!event.name().equals(":")) {
                events.add(event);
            }
        }
        return events;
    }
}
