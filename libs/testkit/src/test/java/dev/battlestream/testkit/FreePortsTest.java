package dev.battlestream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void aBlockIsFreeAndBelowThePortsOfOutgoingConnections() {
        int first = FreePorts.block(13);

        assertThat(first).isBetween(10_000, 32_000 - 13);
        for (int port = first; port < first + 13; port++) {
            int one = port;
            assertThatCode(() -> new ServerSocket(one, 1, InetAddress.getLoopbackAddress()).close())
                    .doesNotThrowAnyException();
        }
    }
}
