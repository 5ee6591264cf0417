package dev.battlestream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.SchemaStore;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredAvroTest {

    private static final int MARKER_AND_FINGERPRINT = 10;

    private final StoredAvro<TurnProduced> turns = StoredAvro.of(TurnProduced.class);

    static List<String> versions() {
        return ReleasedSchemas.versions();
    }

    @Test
    void aRecordComesBackAsItWas() {
        StoredAvro<BattleRequested> requests = StoredAvro.of(BattleRequested.class);

        assertThat(turns.decode(turns.encode(Examples.turn()))).isEqualTo(Examples.turn());
        assertThat(requests.decode(requests.encode(Examples.request())))
                .isEqualTo(Examples.request());
    }

    @Test
    void storesUseItAsASerdeInWhichNothingStaysNothing() {
        byte[] bytes = turns.serializer().serialize("store", Examples.turn());

        assertThat(turns.deserializer().deserialize("store", bytes)).isEqualTo(Examples.turn());
        assertThat(turns.serializer().serialize("store", null)).isNull();
        assertThat(turns.deserializer().deserialize("store", null)).isNull();
        assertThat(turns.decodeNullable(null)).isNull();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatAReleasedVersionStoredIsReadable(String version) throws Exception {
        Schema released = ReleasedSchemas.schema(version, Topics.BATTLE_TURNS).orElseThrow();

        byte[] stored = asWrittenWith(released);

        assertThat(turns.decode(stored)).isEqualTo(Examples.turn());
    }

    @Test
    void whatAnOlderSchemaWroteIsReadableOnlyWhenThatSchemaIsKnown() throws Exception {
        Schema older = withoutLastField(Topics.BATTLE_TURNS.schema());
        SchemaStore.Cache known = new SchemaStore.Cache();
        known.addSchema(older);
        byte[] stored = asWrittenWith(older);

        assertThat(StoredAvro.of(TurnProduced.class, known).decode(stored))
                .isEqualTo(Examples.turn());
        assertThatThrownBy(() -> turns.decode(stored))
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot decode a stored record");
    }

    @Test
    void aRecordOfAnotherTypeIsNotReadAsThisOne() {
        byte[] turn = turns.encode(Examples.turn());

        assertThatThrownBy(() -> StoredAvro.of(VerdictIssued.class).decode(turn))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void damagedBytesAreRefused() {
        byte[] whole = turns.encode(Examples.turn());

        for (int length : new int[] {0, 1, MARKER_AND_FINGERPRINT, whole.length / 2}) {
            assertThatThrownBy(() -> turns.decode(Arrays.copyOf(whole, length)))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void ofARecordThatNoTopicCarriesNoOlderSchemaIsKnown() {
        assertThat(ReleasedSchemas.of(String.class).findByFingerprint(1)).isNull();
    }

    /** The example, written by a program that knows only the given schema. */
    private byte[] asWrittenWith(Schema schema) throws IOException {
        byte[] current = turns.encode(Examples.turn());
        GenericRecord record =
                new GenericDatumReader<GenericRecord>(Topics.BATTLE_TURNS.schema(), schema)
                        .read(
                                null,
                                DecoderFactory.get()
                                        .binaryDecoder(
                                                current,
                                                MARKER_AND_FINGERPRINT,
                                                current.length - MARKER_AND_FINGERPRINT,
                                                null));
        ByteBuffer bytes =
                new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(record);
        byte[] stored = new byte[bytes.remaining()];
        bytes.get(stored);
        return stored;
    }

    private static Schema withoutLastField(Schema schema) {
        List<Schema.Field> fewer =
                schema.getFields().subList(0, schema.getFields().size() - 1).stream()
                        .map(field -> new Schema.Field(field, field.schema()))
                        .toList();
        return Schema.createRecord(
                schema.getName(), schema.getDoc(), schema.getNamespace(), false, fewer);
    }
}
