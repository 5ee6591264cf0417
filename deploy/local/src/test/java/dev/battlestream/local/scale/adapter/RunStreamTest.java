package dev.battlestream.local.scale.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.local.battles.adapter.Gateway;
import dev.battlestream.local.battles.adapter.GatewayException;
import dev.battlestream.testkit.FreePorts;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunStreamTest {

    @Test
    void aGatewayThatStaysAwayIsGivenUpOn() {
        try (Gateway nobody = new Gateway("http://127.0.0.1:" + FreePorts.next(), "")) {
            RunStream stream = new RunStream(nobody, 1);

            assertThatThrownBy(() -> stream.follow(UUID.randomUUID(), _ -> {}))
                    .isInstanceOfSatisfying(
                            GatewayException.class,
                            e -> assertThat(e.status()).isEqualTo(GatewayException.UNREACHABLE));
        }
    }
}
