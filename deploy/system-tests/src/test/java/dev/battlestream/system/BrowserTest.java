package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.battlestream.testkit.NodeProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The page of the guide for front ends, in a real browser against the whole platform. */
@Timeout(400)
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "no browser from npm")
@EnabledIf("dev.battlestream.testkit.NodeProgram#canRun")
class BrowserTest {

    private final Platform platform = Platform.shared();

    @Test
    void aReaderOfThePageSeesTheBattleToItsEnd() throws Exception {
        platform.with(ServiceKind.values());

        JsonNode seen = seenBy("The customer is content");

        assertThat(seen.path("faults")).isEmpty();
        assertThat(seen.path("status").asText()).isEqualTo("ended: goal after 4 turns");
        assertThat(texts(seen.path("messages")))
                .hasSize(4)
                .allMatch(message -> message.startsWith("agent: "))
                .last()
                .asString()
                .contains("GOAL-REACHED");
        assertThat(texts(seen.path("verdicts")))
                .hasSize(4)
                .last()
                .asString()
                .startsWith("judge: yes");
    }

    /** Where the browser is unpacked, and what it leaves behind. */
    @TempDir private Path temporary;

    private JsonNode seenBy(String goal) throws Exception {
        Path page = Path.of("../../docs/guides/first-front-end").toAbsolutePath().normalize();
        try (NodeProgram browser =
                NodeProgram.start(
                        "browser.mjs",
                        Map.of(
                                "GATEWAY",
                                platform.service(ServiceKind.GATEWAY).url(),
                                "PAGE",
                                page.toString(),
                                "GOAL",
                                goal,
                                "TMPDIR",
                                temporary.toString()))) {
            List<String> lines = browser.readToEnd();
            assertThat(lines).as("see browser.mjs.log").hasSize(1);
            return new ObjectMapper().readTree(lines.getFirst());
        }
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }
}
