package dev.battlestream.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    @Test
    void withoutASettingTheWellKnownPortsAreUsed() {
        Ports ports = Ports.from(null);

        assertThat(ports.url(Component.GATEWAY)).isEqualTo("http://127.0.0.1:8080");
        assertThat(ports.registryUrl()).isEqualTo("http://127.0.0.1:8081/apis/registry/v3");
        assertThat(ports.of(Component.REPORT)).isEqualTo(8083);
        assertThat(ports.of(Component.RUNNER)).isEqualTo(8084);
        assertThat(ports.of(Component.JUDGE)).isEqualTo(8085);
        assertThat(ports.bootstrapServers()).isEqualTo("127.0.0.1:9092");
        assertThat(ports.jdbcUrl("a")).isEqualTo("jdbc:postgresql://127.0.0.1:15432/a");
    }

    @Test
    void aBaseMovesEveryPortAndNoTwoMeet() {
        Ports ports = Ports.from("20000");

        Set<Integer> all = new HashSet<>(ports.byComponent().values());
        all.add(ports.registryManagement());
        assertThat(all)
                .containsExactlyInAnyOrder(20000, 20001, 20003, 20004, 20005, 20010, 20011, 20012);
        assertThat(ports.of(Component.GATEWAY)).isEqualTo(20000);
    }

    @Test
    void theRegistryListensOnTwoPorts() {
        assertThat(Ports.from("20000").listenedBy(Component.REGISTRY).values())
                .containsExactly(20001, 20012);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "80", "65530", "-1", "20000.5"})
    void aBaseThatCannotBeIsRefusedByName(String base) {
        assertThatThrownBy(() -> Ports.from(base))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Ports.SETTING)
                .hasMessageContaining(base);
    }

    @Test
    void everythingIsStoppedOnce() {
        assertThat(Component.stopOrder().stream().flatMap(java.util.List::stream))
                .containsExactlyInAnyOrder(Component.values());
    }
}
