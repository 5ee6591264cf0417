package dev.battlestream.schemas;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * The Confluent wire format, written by hand: a zero, the schema's id in four bytes, the record.
 */
final class WireBytes {

    private WireBytes() {}

    static byte[] of(int schemaId, SpecificRecord value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream head = new DataOutputStream(bytes);
        head.writeByte(0);
        head.writeInt(schemaId);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new SpecificDatumWriter<SpecificRecord>(value.getSchema()).write(value, encoder);
        return bytes.toByteArray();
    }
}
