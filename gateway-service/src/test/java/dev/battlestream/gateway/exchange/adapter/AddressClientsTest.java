package dev.battlestream.gateway.exchange.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class AddressClientsTest {

    private final Clients clients =
            new AddressClients(
                    Stream.of("10.0.0.0/8", "192.168.1.7", "2001:db8::/32")
                            .map(AddressRange::parse)
                            .toList());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9  |                                    | 203.0.113.9",
                "203.0.113.9  | 198.51.100.1                       | 203.0.113.9",
                "10.1.2.3     | 198.51.100.1                       | 198.51.100.1",
                "10.1.2.3     | 6.6.6.6, 198.51.100.1              | 198.51.100.1",
                "10.1.2.3     | 6.6.6.6, 198.51.100.1, 192.168.1.7 | 198.51.100.1",
                "10.1.2.3     | 10.0.0.1, 10.0.0.2                 | 10.0.0.1",
                "10.1.2.3     |                                    | 10.1.2.3",
                "10.1.2.3     | 198.51.100.1:4711                  | 198.51.100.1",
                "10.1.2.3     | '[2001:db9::1]:4711'               | 2001:db9:0:0:0:0:0:1",
                "2001:db8::1  | 2001:db9::1                        | 2001:db9:0:0:0:0:0:1",
                "10.1.2.3     | 198.51.100.1, unknown              | 10.1.2.3",
                "10.1.2.3     | evil.example                       | 10.1.2.3",
                "192.168.1.8  | 198.51.100.1                       | 192.168.1.8"
            })
    void theClientIsTheNearestAddressThatIsNoProxy(
            String peer, @Nullable String forwarded, String client) {
        assertThat(clients.of(request(peer, forwarded))).isEqualTo("address:" + client);
    }

    @Test
    void severalHeadersAreOneList() {
        MockHttpServletRequest request = request("10.1.2.3", "6.6.6.6");
        request.addHeader("X-Forwarded-For", "198.51.100.1, 10.0.0.9");

        assertThat(clients.of(request)).isEqualTo("address:198.51.100.1");
    }

    @Test
    void withoutProxiesNobodyIsBelieved() {
        assertThat(new AddressClients(List.of()).of(request("10.1.2.3", "198.51.100.1")))
                .isEqualTo("address:10.1.2.3");
    }

    @Test
    void aListWithoutEndIsReadFromItsNearEnd() {
        String hops = "6.6.6.6, ".repeat(10_000) + "198.51.100.1";

        assertThat(clients.of(request("10.1.2.3", hops))).isEqualTo("address:198.51.100.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "1.2.3.4/8/8", "*"})
    void aRangeThatIsNoneIsRefusedAtStart(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static MockHttpServletRequest request(String peer, @Nullable String forwarded) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        if (forwarded != null) {
            request.addHeader("X-Forwarded-For", forwarded);
        }
        return request;
    }
}
