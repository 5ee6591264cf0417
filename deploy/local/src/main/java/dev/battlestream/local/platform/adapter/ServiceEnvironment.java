package dev.battlestream.local.platform.adapter;

import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.Ports;
import dev.battlestream.testkit.PostgresProcess;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a service is told through its environment. */
final class ServiceEnvironment {

    /** The names under which OpenAI's own tools know a key and an address. */
    static final String OPENAI_KEY = "OPENAI_API_KEY";

    static final String OPENAI_URL = "OPENAI_BASE_URL";

    private ServiceEnvironment() {}

    static Map<String, String> of(Component service, Home home, Map<String, String> ours) {
        Ports ports = home.ports();
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("SERVER_PORT", Integer.toString(ports.of(service)));
        variables.put("SERVER_ADDRESS", "127.0.0.1");
        variables.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", ports.bootstrapServers());
        variables.put("BATTLESTREAM_REGISTRY_URL", ports.registryUrl());
        variables.put("BATTLESTREAM_STATE_DIR", home.state(service).toString());
        variables.put("BATTLESTREAM_INSTANCE", service.label() + "-1");
        if (service == Component.GATEWAY || service == Component.REPORT) {
            variables.put("SPRING_DATASOURCE_URL", ports.jdbcUrl(Launcher.SERVICES_DATABASE));
            variables.put("SPRING_DATASOURCE_USERNAME", PostgresProcess.USER);
            variables.put("SPRING_DATASOURCE_PASSWORD", PostgresProcess.PASSWORD);
        }
        if (service == Component.GATEWAY) {
            variables.put("BATTLESTREAM_REPORT_URL", ports.url(Component.REPORT));
            variables.put("BATTLESTREAM_RUNNER_URL", ports.url(Component.RUNNER));
            variables.put("BATTLESTREAM_JUDGE_URL", ports.url(Component.JUDGE));
        }
        if (service == Component.RUNNER || service == Component.JUDGE) {
            variables.put("BATTLESTREAM_LLM_SCRIPTED_CALL_LOG", home.callLog(service).toString());
            pass(ours, OPENAI_KEY, variables, "BATTLESTREAM_LLM_PROVIDERS_OPENAI_API_KEY");
            pass(ours, OPENAI_URL, variables, "BATTLESTREAM_LLM_PROVIDERS_OPENAI_BASE_URL");
        }
        return variables;
    }

    private static void pass(
            Map<String, String> ours, String from, Map<String, String> variables, String to) {
        String value = ours.get(from);
        if (value != null && !value.isBlank()) {
            variables.putIfAbsent(to, value);
        }
    }
}
