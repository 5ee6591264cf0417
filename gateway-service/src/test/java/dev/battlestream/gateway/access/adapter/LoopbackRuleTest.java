package dev.battlestream.gateway.access.adapter;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1"})
    void loopbackIsAlwaysAllowed(String address) throws UnknownHostException {
        InetAddress loopback = InetAddress.getByName(address);

        assertThatCode(() -> LoopbackRule.check(loopback, false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void everythingElseMustBeMeant(String address) throws UnknownHostException {
        InetAddress remote = InetAddress.getByName(address);

        assertThatThrownBy(() -> LoopbackRule.check(remote, false))
                .isInstanceOf(ExposedWithoutKeysException.class);
        assertThatCode(() -> LoopbackRule.check(remote, true)).doesNotThrowAnyException();
    }

    @Test
    void noAddressMeansAllOfThem() {
        assertThatThrownBy(() -> LoopbackRule.check(null, false))
                .isInstanceOf(ExposedWithoutKeysException.class)
                .hasMessageContaining("every address");
    }
}
