package dev.battlestream.gateway;

import static org.awaitility.Awaitility.await;

import dev.battlestream.testkit.Infra;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole gateway on a free port, against the shared broker and registry. */
final class RunningGateway implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConfigurableApplicationContext context;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    private RunningGateway(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts the gateway; the settings win over those of the tests. */
    static RunningGateway start(URI report, Map<String, String> settings) {
        return start(report, settings, _ -> {});
    }

    /** The same with something put in before it starts. */
    static RunningGateway start(
            URI report,
            Map<String, String> settings,
            ApplicationContextInitializer<GenericApplicationContext> addition) {
        Map<String, String> all = new HashMap<>();
        all.put("server.port", "0");
        all.put("battlestream.report.url", report.toString());
        // Where nobody listens: a test that asks for more says so.
        all.put("battlestream.health.services.runner", "http://127.0.0.1:9/");
        all.put("battlestream.health.services.judge", "http://127.0.0.1:9/");
        // Nothing ends the battles of most tests.
        all.put("battlestream.jobs.running-per-client", "100000");
        all.put("battlestream.limits.starts-per-minute", "100000");
        all.putAll(settings);
        if (!all.containsKey("spring.kafka.bootstrap-servers")) {
            all.put("spring.kafka.bootstrap-servers", Infra.shared().bootstrapServers());
        }
        if (!all.containsKey("battlestream.registry.url")) {
            all.put("battlestream.registry.url", Infra.shared().registryUrl());
        }
        if (!all.containsKey("spring.datasource.url")) {
            all.put("spring.datasource.url", Infra.shared().jdbcUrl());
        }
        all.putIfAbsent("spring.datasource.username", Infra.shared().jdbcUser());
        all.putIfAbsent("spring.datasource.password", Infra.shared().jdbcPassword());
        String[] arguments =
                all.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new);
        SpringApplication application = new SpringApplication(GatewayApplication.class);
        application.addInitializers(addition);
        return new RunningGateway(application.run(arguments));
    }

    int port() {
        if (context instanceof ServletWebServerApplicationContext web
                && web.getWebServer() != null) {
            return web.getWebServer().getPort();
        }
        throw new IllegalStateException("the gateway has no web server");
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** Runs something when the gateway begins to say that it takes no more requests. */
    void whenRefusingTraffic(Runnable run) {
        context.addApplicationListener(
                (ApplicationListener<AvailabilityChangeEvent<ReadinessState>>)
                        change -> {
                            if (change.getState() == ReadinessState.REFUSING_TRAFFIC) {
                                run.run();
                            }
                        });
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send(
                request(path, headers)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String path, String... headers)
            throws IOException, InterruptedException {
        return send(request(path, headers).DELETE());
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(20));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** One measured value, by its Prometheus name; 0 when it has not been measured yet. */
    double metric(String name) throws IOException, InterruptedException {
        return get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** Waits until battles can be started. */
    void awaitReady() {
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> get("/actuator/health/readiness").statusCode() == 200);
    }

    /** Shuts down as a signal would, gracefully. */
    void stop() {
        context.close();
    }

    @Override
    public void close() {
        http.close();
        stop();
    }
}
