package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.battlestream.schemas.LogRetention;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformSettingsTest {

    private InetAddress address = InetAddress.getLoopbackAddress();
    private boolean allowRemote;
    private String instance = "runner-1";
    private int partitions = 12;

    @Test
    void anAddressThatOthersReachMustBeMeant() throws UnknownHostException {
        address = InetAddress.getByAddress(new byte[4]);
        assertThatIllegalArgumentException()
                .isThrownBy(this::settings)
                .withMessageContaining("BATTLESTREAM_ALLOW_UNAUTHENTICATED_REMOTE");

        allowRemote = true;
        assertThat(settings().allowRemote()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../elsewhere", "a b"})
    void anInstanceThatIsNoNameIsRefused(String name) {
        instance = name;

        assertThatIllegalArgumentException()
                .isThrownBy(this::settings)
                .withMessageContaining("battlestream.instance");
    }

    @Test
    void atLeastOnePartitionIsNeeded() {
        partitions = 0;

        assertThatIllegalArgumentException()
                .isThrownBy(this::settings)
                .withMessageContaining("battlestream.partitions");
    }

    private PlatformSettings settings() {
        return new PlatformSettings(
                address,
                allowRemote,
                instance,
                Path.of("state"),
                partitions,
                (short) 1,
                LogRetention.DEFAULT,
                new PlatformSettings.Registry("http://127.0.0.1:8081/apis/registry/v3", true));
    }
}
