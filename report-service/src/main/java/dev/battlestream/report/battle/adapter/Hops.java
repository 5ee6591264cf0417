package dev.battlestream.report.battle.adapter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a request on to the instance that owns the battle, and its answer back, byte for byte as it
 * comes. A request is handed on once: the header {@value #HEADER} says that it was.
 *
 * <p>A follower that goes away is noticed at the next write, an owner that falls silent by a watch:
 * in both cases both connections are closed.
 */
public final class Hops implements AutoCloseable {

    static final String HEADER = "X-Battlestream-Hop";

    private static final Logger log = LoggerFactory.getLogger(Hops.class);

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final List<String> REQUEST_HEADERS =
            List.of("Accept", "Last-Event-ID", "traceparent");
    private static final List<String> RESPONSE_HEADERS =
            List.of("Content-Type", "Cache-Control", "Retry-After");

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_LIMIT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("hop-watch").factory());
    private final Semaphore free;
    private final Duration answerWithin;
    private final Duration silentAtMost;

    /**
     * @param most at most this many at a time
     * @param answerWithin how long the owner may take until it begins to answer
     * @param silentAtMost how long it may be silent then
     */
    Hops(int most, Duration answerWithin, Duration silentAtMost) {
        this.free = new Semaphore(most);
        this.answerWithin = answerWithin;
        this.silentAtMost = silentAtMost;
    }

    /**
     * Asks the owner and hands its answer on, to the end.
     *
     * @throws ViewUnavailableException if the owner does not answer
     * @throws TooManyFollowersException if too many answers are being handed on
     */
    void to(HostInfo owner, HttpServletRequest request, HttpServletResponse response)
            throws InterruptedException {
        if (!free.tryAcquire()) {
            throw new TooManyFollowersException();
        }
        try {
            HttpResponse<InputStream> answer = ask(owner, request);
            response.setStatus(answer.statusCode());
            for (String name : RESPONSE_HEADERS) {
                answer.headers()
                        .firstValue(name)
                        .ifPresent(value -> response.setHeader(name, value));
            }
            relay(answer.body(), response);
        } finally {
            free.release();
        }
    }

    private HttpResponse<InputStream> ask(HostInfo owner, HttpServletRequest request)
            throws InterruptedException {
        String query = request.getQueryString();
        URI uri =
                URI.create(
                        "http://%s:%d%s%s"
                                .formatted(
                                        owner.host(),
                                        owner.port(),
                                        request.getRequestURI(),
                                        query == null ? "" : "?" + query));
        HttpRequest.Builder hop =
                HttpRequest.newBuilder(uri).timeout(answerWithin).header(HEADER, "1");
        REQUEST_HEADERS.forEach(name ->
                Optional.ofNullable(request.getHeader(name))
                        .ifPresent(value -> hop.header(name, value)));
        hop.header(RequestIds.HEADER, RequestIds.of(request));
        try {
            return client.send(hop.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new ViewUnavailableException("the owner does not answer", e);
        }
    }

    private void relay(InputStream from, HttpServletResponse response) {
        AtomicLong heardAt = new AtomicLong(System.nanoTime());
        ScheduledFuture<?> check =
                watch.scheduleWithFixedDelay(
                        () -> endIfSilent(from, heardAt),
                        silentAtMost.toMillis(),
                        Math.max(1, silentAtMost.toMillis() / 4),
                        TimeUnit.MILLISECONDS);
        try (from) {
            OutputStream to = response.getOutputStream();
            byte[] buffer = new byte[8_192];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                heardAt.set(System.nanoTime());
                to.write(buffer, 0, read);
                if (from.available() == 0) {
                    to.flush();
                }
            }
        } catch (IOException e) {
            // The status is out already: all that can be said is that it ends here.
            log.debug("a forwarded answer was cut short: {}", e.getClass().getSimpleName());
        } finally {
            check.cancel(false);
        }
    }

    private void endIfSilent(InputStream from, AtomicLong heardAt) {
        if (System.nanoTime() - heardAt.get() > silentAtMost.toNanos()) {
            try {
                from.close();
            } catch (IOException e) {
                log.debug("closing a silent connection failed", e);
            }
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        client.shutdownNow();
    }
}
