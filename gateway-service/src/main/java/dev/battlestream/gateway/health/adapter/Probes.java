package dev.battlestream.gateway.health.adapter;

import dev.battlestream.gateway.health.HealthReport;
import dev.battlestream.gateway.health.HealthReport.Dependency;
import dev.battlestream.gateway.health.HealthReport.State;
import dev.battlestream.gateway.health.Workers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks all dependencies at the same time and waits for none longer than the time-out. An answer is
 * kept for a moment, so that however often the resource is read, each dependency is asked about
 * twice a second.
 */
final class Probes implements AutoCloseable {

    private static final Duration FRESH = Duration.ofMillis(500);

    private record Kept(HealthReport report, long atNanos) {}

    private final HttpClient http;
    private final Admin admin;
    private final WorkerGroups groups;
    private final HealthProperties properties;
    private final Object oneAtATime = new Object();
    private final JdbcClient sql;
    private final ExecutorService queries = Executors.newVirtualThreadPerTaskExecutor();
    private CompletableFuture<Boolean> asked = CompletableFuture.completedFuture(false);
    private volatile Kept kept;

    Probes(HttpClient http, Admin admin, JdbcClient sql, HealthProperties properties) {
        this.sql = sql;
        this.http = http;
        this.admin = admin;
        this.groups = new WorkerGroups(admin, properties.workers());
        this.properties = properties;
        Dependency unknown = new Dependency(State.DOWN, 0);
        this.kept =
                new Kept(
                        HealthReport.of(Map.of(), Map.of(), unknown, unknown, unknown),
                        System.nanoTime() - FRESH.toNanos());
    }

    HealthReport report() {
        synchronized (oneAtATime) {
            if (System.nanoTime() - kept.atNanos() >= FRESH.toNanos()) {
                kept = new Kept(ask(), System.nanoTime());
            }
            return kept.report();
        }
    }

    private HealthReport ask() {
        long begin = System.nanoTime();
        CompletableFuture<Dependency> broker = timed(cluster(), begin);
        CompletableFuture<Dependency> registry = timed(get(properties.registry()), begin);
        CompletableFuture<Dependency> database = timed(row(), begin);
        Map<String, CompletableFuture<Dependency>> services = new LinkedHashMap<>();
        properties.services().forEach((name, url) -> services.put(name, timed(get(url), begin)));
        Map<String, CompletableFuture<Workers>> roles = groups.ask(properties.timeout());
        Map<String, Dependency> answers = new LinkedHashMap<>();
        services.forEach((name, answer) -> answers.put(name, state(answer, begin)));
        Map<String, Workers> workers = new LinkedHashMap<>();
        roles.forEach(
                (role, answer) -> workers.put(role, within(answer, begin).orElse(Workers.UNKNOWN)));
        return HealthReport.of(
                answers,
                workers,
                state(broker, begin),
                state(registry, begin),
                state(database, begin));
    }

    private CompletableFuture<Boolean> cluster() {
        return admin.describeCluster(
                        new DescribeClusterOptions()
                                .timeoutMs((int) properties.timeout().toMillis()))
                .nodes()
                .toCompletionStage()
                .toCompletableFuture()
                .thenApply(nodes -> !nodes.isEmpty());
    }

    /** One question at a time: while the database hangs, no more connections wait for it. */
    private CompletableFuture<Boolean> row() {
        CompletableFuture<Boolean> last = asked;
        if (last.isDone()) {
            asked =
                    CompletableFuture.supplyAsync(
                            () -> sql.sql("SELECT true").query(Boolean.class).single(), queries);
        }
        return asked.copy();
    }

    private CompletableFuture<Boolean> get(URI url) {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(properties.timeout()).build();
        return http.sendAsync(request, BodyHandlers.discarding())
                .thenApply(answer -> answer.statusCode() < 300);
    }

    private static CompletableFuture<Dependency> timed(
            CompletableFuture<Boolean> answer, long begin) {
        return answer.handle((up, failed) ->
                new Dependency(failed == null && up ? State.UP : State.DOWN, since(begin)));
    }

    private Dependency state(CompletableFuture<Dependency> answer, long begin) {
        return within(answer, begin).orElseGet(() -> new Dependency(State.DOWN, since(begin)));
    }

    /** The answer if it comes before the time-out of the whole round. */
    private <T> Optional<T> within(CompletableFuture<T> answer, long begin) {
        try {
            long left = properties.timeout().toMillis() - since(begin);
            return Optional.of(answer.get(Math.max(0, left), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static long since(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
        queries.shutdownNow();
    }
}
