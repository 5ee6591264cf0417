package dev.battlestream.local.platform.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.Ports;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceEnvironmentTest {

    private final Home home = new Home(Path.of("/r"), Path.of("/h"), Ports.from("20000"));

    @Test
    void theGatewayLearnsWhereItListensAndWhomItAsks() {
        assertThat(ServiceEnvironment.of(Component.GATEWAY, home, Map.of()))
                .containsEntry("SERVER_PORT", "20000")
                .containsEntry("SERVER_ADDRESS", "127.0.0.1")
                .containsEntry("BATTLESTREAM_REPORT_URL", "http://127.0.0.1:20003")
                .containsEntry("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:20010");
    }

    @Test
    void theRunnerKeepsItsNameAndStateAcrossRestarts() {
        Map<String, String> first = ServiceEnvironment.of(Component.RUNNER, home, Map.of());

        assertThat(first)
                .containsEntry("BATTLESTREAM_INSTANCE", "runner-1")
                .containsEntry("BATTLESTREAM_STATE_DIR", "/h/state/runner")
                .isEqualTo(ServiceEnvironment.of(Component.RUNNER, home, Map.of()));
    }

    @Test
    void aKeyGoesOnlyToThoseThatAskModels() {
        Map<String, String> ours = Map.of("OPENAI_API_KEY", "sk-test", "OPENAI_BASE_URL", "");

        assertThat(ServiceEnvironment.of(Component.RUNNER, home, ours))
                .containsEntry("BATTLESTREAM_LLM_PROVIDERS_OPENAI_API_KEY", "sk-test")
                .doesNotContainKey("BATTLESTREAM_LLM_PROVIDERS_OPENAI_BASE_URL");
        assertThat(ServiceEnvironment.of(Component.GATEWAY, home, ours))
                .doesNotContainValue("sk-test");
    }
}
