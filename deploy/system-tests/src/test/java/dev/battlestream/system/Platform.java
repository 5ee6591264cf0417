package dev.battlestream.system;

import dev.battlestream.schemas.Topic;
import dev.battlestream.testkit.FreePorts;
import dev.battlestream.testkit.Infra;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * The platform under test: real servers and the service jars as processes, all on free ports of
 * loopback. A service starts when a test first needs it and then serves every test of the JVM; all
 * end with it. What they print is in {@code target/system-logs}.
 */
final class Platform {

    /** What the price list says of {@link #pricedModel}, in US dollars for a million tokens. */
    static final String INPUT_PRICE = "2.50";

    static final String OUTPUT_PRICE = "10.00";

    /** The key that the services send to the provider {@code openai}. */
    static final String OPENAI_KEY = "sk-system-tests-5Zk1vQ8u";

    private static final class Holder {
        static final Platform SHARED = new Platform();
    }

    private final Infra infra = Infra.shared();
    private final Path root = Path.of(System.getProperty("battlestream.root", "../.."));
    private final Path folder = Path.of("target/platform").toAbsolutePath();
    private final Path logs = Path.of("target/system-logs").toAbsolutePath();
    private final int openAiPort = FreePorts.next();
    private final Map<ServiceKind, ServiceProcess> services = new EnumMap<>(ServiceKind.class);

    private final List<ServiceProcess> others = new ArrayList<>();

    private Platform() {
        try {
            emptied(logs);
            emptied(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("no room for the platform", e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "platform-end"));
    }

    static Platform shared() {
        return Holder.SHARED;
    }

    /** Starts the services that do not run yet, side by side, and waits until all are ready. */
    synchronized Platform with(ServiceKind... kinds) {
        infra.bootstrapServers();
        infra.registryUrl();
        List<ServiceProcess> wanted =
                Stream.of(kinds).map(kind -> services.computeIfAbsent(kind, this::first)).toList();
        wanted.stream().filter(service -> !service.isAlive()).forEach(ServiceProcess::start);
        wanted.forEach(ServiceProcess::awaitReady);
        return this;
    }

    /** The first instance of a service. */
    synchronized ServiceProcess service(ServiceKind kind) {
        return services.computeIfAbsent(kind, this::first);
    }

    /** One more instance of a service; nothing is started yet, and all end with the JVM. */
    synchronized ServiceProcess another(ServiceKind kind) {
        ServiceProcess more =
                new ServiceProcess(kind, 2 + others.size(), root, folder, logs, environment(kind));
        others.add(more);
        return more;
    }

    /** The folder of all that the services print. */
    Path logs() {
        return logs;
    }

    /** The folder of the whole project. */
    Path root() {
        return root;
    }

    /** Records on a topic that is never written in transactions, repeated ones included. */
    long written(Topic<?> topic) throws InterruptedException, ExecutionException {
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                infra.bootstrapServers()))) {
            var described = admin.describeTopics(List.of(topic.name())).allTopicNames().get();
            Map<TopicPartition, OffsetSpec> ends =
                    described.values().stream()
                            .flatMap(found ->
                                    found.partitions().stream()
                                            .map(info ->
                                                    new TopicPartition(
                                                            found.name(), info.partition())))
                            .collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest()));
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    Infra infra() {
        return infra;
    }

    /** The port at which the services expect the provider {@code openai}; nobody listens there. */
    int openAiPort() {
        return openAiPort;
    }

    /** The model of the provider {@code openai} that has a price. */
    static String pricedModel() {
        return "openai:agent-model";
    }

    private ServiceProcess first(ServiceKind kind) {
        return new ServiceProcess(kind, 1, root, folder, logs, environment(kind));
    }

    private Map<String, String> environment(ServiceKind kind) {
        Map<String, String> variables = new HashMap<>();
        variables.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", infra.bootstrapServers());
        variables.put("BATTLESTREAM_REGISTRY_URL", infra.registryUrl());
        variables.put("BATTLESTREAM_PARTITIONS", "4");
        variables.put("BATTLESTREAM_LOG_FORMAT", "ecs");
        variables.put("LOGGING_LEVEL_DEV_BATTLESTREAM_JUDGE", "debug");
        variables.put("BATTLESTREAM_SCALE_MAX_RUN_COUNT", "2000");
        variables.put("BATTLESTREAM_SCALE_MAX_CONCURRENCY", "200");
        switch (kind) {
            case RUNNER, JUDGE -> {
                variables.put(
                        "BATTLESTREAM_LLM_PROVIDERS_OPENAI_BASE_URL",
                        "http://127.0.0.1:" + openAiPort + "/v1");
                variables.put("BATTLESTREAM_LLM_PROVIDERS_OPENAI_API_KEY", OPENAI_KEY);
                variables.put("SPRING_APPLICATION_JSON", prices());
            }
            case GATEWAY -> {
                variables.put("BATTLESTREAM_REPORT_URL", service(ServiceKind.REPORT).url());
                variables.put("SPRING_DATASOURCE_URL", infra.jdbcUrl());
                variables.put("SPRING_DATASOURCE_USERNAME", infra.jdbcUser());
                variables.put("SPRING_DATASOURCE_PASSWORD", infra.jdbcPassword());
            }
            case REPORT -> {}
        }
        return variables;
    }

    private static String prices() {
        String model = "battlestream.llm.prices[%s]".formatted(pricedModel());
        return """
        {"%s.input-per-million-usd": "%s", "%s.output-per-million-usd": "%s"}\
        """
                .formatted(model, INPUT_PRICE, model, OUTPUT_PRICE);
    }

    /** An empty folder: what an earlier run left is not ours. */
    private static void emptied(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> old = Files.walk(folder)) {
            for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        Files.createDirectories(folder);
    }

    private void end() {
        services.values().forEach(ServiceProcess::kill);
        others.forEach(ServiceProcess::kill);
    }
}
