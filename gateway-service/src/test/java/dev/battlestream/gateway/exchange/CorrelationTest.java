package dev.battlestream.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String MADE = Correlation.traceparent(0x80, 0x0123456789abcdefL, 0xffL);

    @Test
    void aMadeTraceContextIsAValidOne() {
        assertThat(MADE).isEqualTo("00-00000000000000800123456789abcdef-00000000000000ff-00");
        assertThat(Correlation.of("id", MADE, () -> "made", () -> TRACE).traceparent())
                .isEqualTo(MADE);
    }

    @Test
    void theTraceIdIsReadOffTheContext() {
        assertThat(new Correlation("id", TRACE).traceId())
                .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(new Correlation("id", null).traceId()).isEmpty();
    }

    @Test
    void saneIdsAreTaken() {
        assertThat(Correlation.of("order-7:retry_2.a", TRACE, () -> "made", () -> MADE))
                .isEqualTo(new Correlation("order-7:retry_2.a", TRACE));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a b", "a\nb", "<script>", "é"})
    void aRequestIdThatIsNoSaneTokenIsReplaced(@Nullable String id) {
        assertThat(Correlation.of(id, null, () -> "made", () -> MADE).requestId())
                .isEqualTo("made");
    }

    @Test
    void aRequestIdOf129CharactersIsReplaced() {
        assertThat(Correlation.of("x".repeat(128), null, () -> "made", () -> MADE).requestId())
                .hasSize(128);
        assertThat(Correlation.of("x".repeat(129), null, () -> "made", () -> MADE).requestId())
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
    void anInvalidTraceContextIsReplaced(@Nullable String traceparent) {
        assertThat(Correlation.of("id", traceparent, () -> "made", () -> MADE).traceparent())
                .isEqualTo(MADE);
    }
}
