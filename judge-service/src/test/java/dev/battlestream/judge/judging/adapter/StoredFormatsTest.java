package dev.battlestream.judge.judging.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.events.ValidatorType;
import dev.battlestream.judge.judging.Docket;
import dev.battlestream.schemas.Correlation;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the stores comes back as it was. */
class StoredFormatsTest {

    private static final DocketSerde DOCKETS = new DocketSerde();

    @Test
    void aDocketComesBackAndTakesAboutSixtyBytesWithItsKey() {
        Docket open = new Docket.Open(50, 25, 24, Records.NOW);
        Docket closed = new Docket.Closed(51, 25, 25, Records.NOW);

        assertThat(there(DOCKETS, open)).isEqualTo(open);
        assertThat(there(DOCKETS, closed)).isEqualTo(closed);
        assertThat(
                        DOCKETS.serializer().serialize("dockets", open).length
                                + UUID.randomUUID().toString().length())
                .isLessThanOrEqualTo(60);
    }

    @Test
    void aDocketOfALaterFormatIsNotGuessedAt() {
        byte[] bytes =
                DOCKETS.serializer().serialize("dockets", new Docket.Open(1, 1, 1, Records.NOW));
        bytes[0] = 9;

        assertThatThrownBy(() -> DOCKETS.deserializer().deserialize("dockets", bytes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("format 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})
    void aPendingTurnComesBackWhole(String traceparent) {
        PendingTurn pending =
                new PendingTurn(
                        Records.turn(
                                "b",
                                3,
                                "Grüße 👋",
                                "openai:small",
                                Records.validator(ValidatorType.REGEX, "a+")),
                        new Correlation(traceparent, "r-1"));

        assertThat(there(PendingTurn.serde(), pending)).isEqualTo(pending);
    }

    private static <T> T there(Serde<T> serde, T value) {
        return serde.deserializer().deserialize("t", serde.serializer().serialize("t", value));
    }
}
