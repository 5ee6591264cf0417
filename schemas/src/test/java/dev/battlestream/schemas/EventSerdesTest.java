package dev.battlestream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.TurnProduced;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading the Confluent wire format through the library that services use. */
class EventSerdesTest {

    private static final String TURNS = Topics.BATTLE_TURNS.name();

    private final RegistryDouble registry;
    private final Serde<TurnProduced> serde;

    EventSerdesTest() throws IOException {
        registry =
                new RegistryDouble()
                        .knows(7, NeutralSchema.of(Topics.BATTLE_TURNS.schema()))
                        .knows(8, Topics.BATTLE_REQUESTS.schema());
        serde =
                new EventSerdes(SerdeSettings.apicurio(registry.url(), false))
                        .values(Topics.BATTLE_TURNS);
    }

    @AfterEach
    void close() {
        serde.close();
        registry.close();
    }

    @Test
    void aRecordOfTheTopicIsRead() throws Exception {
        byte[] bytes = WireBytes.of(7, Examples.turn());

        assertThat(serde.deserializer().deserialize(TURNS, bytes)).isEqualTo(Examples.turn());
        assertThat(serde.deserializer().deserialize(TURNS, new RecordHeaders(), bytes))
                .isEqualTo(Examples.turn());
    }

    @Test
    void aKnownSchemaOutlivesItsRegistry() throws Exception {
        byte[] bytes = WireBytes.of(7, Examples.turn());
        serde.deserializer().deserialize(TURNS, bytes);

        registry.close();

        assertThat(serde.deserializer().deserialize(TURNS, bytes)).isEqualTo(Examples.turn());
    }

    @Test
    void aRecordOfAnotherTypeIsRefused() throws Exception {
        byte[] bytes = WireBytes.of(8, Examples.request());

        assertThatThrownBy(() -> serde.deserializer().deserialize(TURNS, bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessage(
                        "battle.turns carries TurnProduced, not %s",
                        BattleRequested.class.getName());
    }

    @Test
    void aRecordThatCanNeverBeEncodedIsToldFromARegistryThatIsAway() {
        registry.answersOnly(503);

        assertThatThrownBy(() -> serde.serializer().serialize(TURNS, Examples.turn()))
                .isInstanceOf(RuntimeException.class);
        assertThat(EventSerdes.isEncodable(Examples.turn())).isTrue();
        assertThat(EventSerdes.isEncodable(turn().setCostUsd(new BigDecimal("1e30")).build()))
                .isFalse();
        assertThat(EventSerdes.isEncodable(turn().setProducedAt(Instant.MAX).build())).isFalse();
    }

    private static TurnProduced.Builder turn() {
        return TurnProduced.newBuilder(Examples.turn());
    }

    @Test
    void nothingStaysNothing() {
        assertThat(serde.deserializer().deserialize(TURNS, null)).isNull();
    }

    @Test
    void anyPairOfClassesCanBeConfigured() {
        SerdeSettings settings =
                new SerdeSettings(
                        StringSerializer.class.getName(),
                        AlwaysATurn.class.getName(),
                        Map.of("serializer.encoding", "UTF-8"));

        try (Serde<TurnProduced> other = new EventSerdes(settings).values(Topics.BATTLE_TURNS)) {
            assertThat(other.serializer()).isInstanceOf(StringSerializer.class);
            assertThat(other.deserializer().deserialize(TURNS, new byte[0]))
                    .isEqualTo(Examples.turn());
        }
    }

    @Test
    void aClassThatIsMissingIsNamed() {
        SerdeSettings settings =
                new SerdeSettings(
                        "io.example.NoSuchSerializer", AlwaysATurn.class.getName(), Map.of());

        assertThatThrownBy(() -> new EventSerdes(settings).values(Topics.BATTLE_TURNS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("io.example.NoSuchSerializer");
    }

    @Test
    void settingsWithoutAClassAreRefused() {
        assertThatThrownBy(() -> new SerdeSettings(" ", AlwaysATurn.class.getName(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Somebody else's deserializer. */
    public static final class AlwaysATurn implements Deserializer<Object> {

        @Override
        public Object deserialize(String topic, byte[] bytes) {
            return Examples.turn();
        }
    }
}
