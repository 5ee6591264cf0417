package dev.battlestream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class CorrelationTest {

    private final Headers headers = new RecordHeaders();

    @Test
    void bothHeadersAreCarriedOnAndNoOthers() {
        header("traceparent", "00-1-2-01");
        header("x-request-id", "r-7");
        header("authorization", "secret");

        Correlation correlation = Correlation.of(headers);

        assertThat(correlation).isEqualTo(new Correlation("00-1-2-01", "r-7"));
        assertThat(Correlation.of(correlation.headers())).isEqualTo(correlation);
        assertThat(correlation.headers()).hasSize(2);
    }

    @Test
    void whatIsAbsentStaysAbsent() {
        assertThat(Correlation.of(headers)).isEqualTo(Correlation.NONE);
        headers.add("traceparent", null);
        assertThat(Correlation.of(headers)).isEqualTo(Correlation.NONE);
        assertThat(Correlation.NONE.headers()).isEmpty();
        assertThat(Correlation.NONE.toMap()).isEmpty();
    }

    @Test
    void aValueThatIsTooLongIsNotCarriedOn() {
        header("x-request-id", "x".repeat(201));
        header("traceparent", "é".repeat(100));

        assertThat(Correlation.of(headers)).isEqualTo(new Correlation("é".repeat(100), ""));
    }

    @Test
    void theTraceIdIsReadOffATraceContextAndNothingElse() {
        String id = "4bf92f3577b34da6a3ce929d0e0e4736";

        assertThat(new Correlation("00-" + id + "-00f067aa0ba902b7-01", "").traceId())
                .isEqualTo(id);
        assertThat(new Correlation("a line\nof somebody's", "").traceId()).isEmpty();
        assertThat(Correlation.NONE.traceId()).isEmpty();
    }

    @Test
    void aStoreKeepsIt() {
        Correlation correlation = new Correlation("", "r-7");

        assertThat(correlation.toMap()).containsOnlyKeys("x-request-id");
        assertThat(Correlation.of(correlation.toMap())).isEqualTo(correlation);
    }

    private void header(String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
