package dev.battlestream.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.testkit.ForkedProcess;
import dev.battlestream.testkit.JavaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CrowdTest {

    @Test
    void fiveThousandRunningAndAHundredThousandWaitingFitIntoAQuarterOfAGigabyte() {
        Path folder = Path.of("target", "crowd", UUID.randomUUID().toString()).toAbsolutePath();

        ForkedProcess crowd =
                JavaProcess.main(Crowd.class)
                        .jvm("-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED")
                        .args(folder.toString(), "5000", "100000")
                        .log(Path.of("target", "crowd", "crowd.log"))
                        .start();

        assertThat(crowd.awaitExit(Duration.ofSeconds(60))).isTrue();
        assertThat(crowd.exitValue()).as("%s", crowd.logTail(20)).hasValue(0);
    }
}
