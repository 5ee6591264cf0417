package dev.battlestream.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void saneIdsAreTaken() {
        assertThat(Correlation.of("order-7:retry_2.a", TRACE, () -> "made"))
                .isEqualTo(new Correlation("order-7:retry_2.a", TRACE));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a b", "a\nb", "<script>", "é"})
    void aRequestIdThatIsNoSaneTokenIsReplaced(@Nullable String id) {
        assertThat(Correlation.of(id, null, () -> "made").requestId()).isEqualTo("made");
    }

    @Test
    void aRequestIdOf129CharactersIsReplaced() {
        assertThat(Correlation.of("x".repeat(128), null, () -> "made").requestId()).hasSize(128);
        assertThat(Correlation.of("x".repeat(129), null, () -> "made").requestId())
                .isEqualTo("made");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"
            })
    void anInvalidTraceContextIsDropped(@Nullable String traceparent) {
        assertThat(Correlation.of("id", traceparent, () -> "made").traceparent()).isNull();
    }
}
