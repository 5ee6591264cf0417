package dev.battlestream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.schemas.NodeProject.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The AsyncAPI document against the specification's own parser, which runs on Node. */
@Timeout(400)
@EnabledIf("dev.battlestream.schemas.NodeProject#canRun")
class AsyncApiValidationTest {

    @BeforeAll
    static void installTheParser() throws Exception {
        NodeProject.install();
    }

    @Test
    void theDocumentIsValid() throws Exception {
        Run run = validate(AsyncApiDocument.FILE);

        assertThat(run.output()).startsWith("valid: 22 channels, 22 operations, 12 messages");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aDocumentThatPointsNowhereIsRefused(@TempDir Path folder) throws Exception {
        Path broken = folder.resolve("asyncapi.yaml");
        Files.copy(AsyncApiDocument.FILE, broken);

        Run run = validate(broken);

        assertThat(run.output()).contains("invalid-ref");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aDocumentThatBreaksTheSpecificationIsRefused(@TempDir Path folder) throws Exception {
        Path broken = folder.resolve("asyncapi.yaml");
        Files.writeString(
                broken,
                Files.readString(AsyncApiDocument.FILE)
                        .replace("action: receive", "action: listen")
                        .replace(
                                "./schemas/",
                                SchemaFiles.inSources().folder().toAbsolutePath() + "/"));

        Run run = validate(broken);

        assertThat(run.output()).contains("operations.receiveBattleRequested.action");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    private static Run validate(Path document) throws Exception {
        return NodeProject.run("node", "validate.mjs", document.toAbsolutePath().toString());
    }
}
