package dev.battlestream.gateway;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gateways of different settings, each started when it is first asked for. */
final class Gateways implements AutoCloseable {

    /** A key that may only read, and one that may only start. */
    static final String READER = "bsk_reader";

    static final String STARTER = "bsk_starter";

    private static final String NOBODY = "127.0.0.1:9";

    /** What distinguishes a gateway. */
    enum Kind {
        PLAIN,
        WITH_KEYS,
        ONE_MODEL,
        ONE_START,
        ONE_JOB,
        SMALL_BUDGET,
        ONE_STREAM_PER_CLIENT,
        ONE_STREAM,
        WITHOUT_DATABASE,
        WITHOUT_BROKER,
        WITHOUT_REGISTRY,
        WITHOUT_REPORT,
        BROKEN,
        STOPPING
    }

    private static Map<String, String> settings(Kind kind) {
        return switch (kind) {
            case PLAIN -> Map.of("battlestream.waiting.request-timeout", "4s");
            case WITH_KEYS -> keys();
            case ONE_MODEL -> Map.of("battlestream.limits.models", "scripted:never");
            case ONE_START -> Map.of("battlestream.limits.starts-per-minute", "1");
            case ONE_JOB -> Map.of("battlestream.jobs.running-per-client", "1");
            case SMALL_BUDGET ->
                    Map.of(
                            "battlestream.jobs.daily-budget",
                            "0.50",
                            "battlestream.jobs.default-budget",
                            "0.10");
            case ONE_STREAM_PER_CLIENT -> Map.of("battlestream.stream.max-viewers-per-client", "1");
            case ONE_STREAM -> Map.of("battlestream.stream.max-viewers", "1");
            case WITHOUT_DATABASE ->
                    Map.of("spring.datasource.url", "jdbc:postgresql://" + NOBODY + "/x");
            case WITHOUT_BROKER ->
                    Map.of(
                            "spring.kafka.bootstrap-servers",
                            NOBODY,
                            "battlestream.publish-timeout",
                            "500ms");
            case WITHOUT_REGISTRY ->
                    Map.of(
                            "battlestream.registry.url",
                            "http://" + NOBODY + "/apis/registry/v3",
                            "battlestream.publish-timeout",
                            "500ms");
            case WITHOUT_REPORT -> Map.of("battlestream.stream.open-timeout", "300ms");
            case BROKEN -> Map.of();
            case STOPPING -> Map.of("battlestream.report.timeout", "300ms");
        };
    }

    private final ReportDouble report = ReportDouble.started();
    private final ReportDouble away = ReportDouble.started();
    private final Map<Kind, RunningGateway> running = new HashMap<>();

    Gateways() {
        away.answersWith(500);
        away.lists(500, "{\"detail\":\"internal secret\"}");
    }

    /** The report service of all but one of them. */
    ReportDouble report() {
        return report;
    }

    RunningGateway of(Kind kind) {
        return running.computeIfAbsent(kind, this::started);
    }

    /** One that nobody else has; whoever asks for it closes it. */
    RunningGateway started(Kind kind) {
        URI url = kind == Kind.WITHOUT_REPORT ? away.url() : report.url();
        Map<String, String> settings = new HashMap<>(settings(kind));
        // There are many of them, and one database.
        settings.put("spring.datasource.hikari.maximum-pool-size", "3");
        RunningGateway gateway =
                RunningGateway.start(url, settings, kind == Kind.BROKEN ? breaking() : _ -> {});
        switch (kind) {
            case WITHOUT_DATABASE, WITHOUT_BROKER, WITHOUT_REGISTRY -> {
                // They do not become ready.
            }
            default -> gateway.awaitReady();
        }
        return gateway;
    }

    /** A bug in front of every controller. */
    private static ApplicationContextInitializer<GenericApplicationContext> breaking() {
        return context ->
                context.registerBean(
                        "breaking",
                        WebMvcConfigurer.class,
                        () ->
                                new WebMvcConfigurer() {
                                    @Override
                                    public void addInterceptors(InterceptorRegistry registry) {
                                        registry.addInterceptor(new Bug())
                                                .addPathPatterns("/api/**", "/asyncapi.yaml");
                                    }
                                });
    }

    private static final class Bug implements HandlerInterceptor {
        @Override
        public boolean preHandle(
                HttpServletRequest request, HttpServletResponse response, Object handler) {
            throw new IllegalStateException("internal secret");
        }
    }

    private static Map<String, String> keys() {
        return Map.of(
                "battlestream.access.keys[0].name", "reader",
                "battlestream.access.keys[0].scopes", "read",
                "battlestream.access.keys[0].hash", hash(READER),
                "battlestream.access.keys[1].name", "starter",
                "battlestream.access.keys[1].scopes", "start",
                "battlestream.access.keys[1].hash", hash(STARTER));
    }

    private static String hash(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return "sha256:"
                    + HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        running.values().forEach(RunningGateway::close);
        report.close();
        away.close();
    }
}
