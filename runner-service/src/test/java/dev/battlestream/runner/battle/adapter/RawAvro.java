package dev.battlestream.runner.battle.adapter;

import dev.battlestream.schemas.StoredAvro;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;

/** Records with numbers that our own writers refuse, as another system may write them. */
public final class RawAvro {

    /** What single-object encoding puts before the record. */
    private static final int HEADER = 10;

    private RawAvro() {}

    /**
     * The record with another amount, of any number of digits.
     *
     * @param path a field, or one of a record in it: battle.budgetUsd
     */
    public static <T extends SpecificRecord> byte[] withDecimal(
            T record, String path, BigDecimal amount) {
        @SuppressWarnings("unchecked") // the record says its own class
        byte[] plain = StoredAvro.of((Class<T>) record.getClass()).encode(record);
        Schema schema = record.getSchema();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            GenericRecord generic =
                    new GenericDatumReader<GenericRecord>(schema)
                            .read(
                                    null,
                                    DecoderFactory.get()
                                            .binaryDecoder(
                                                    plain, HEADER, plain.length - HEADER, null));
            int dot = path.indexOf('.');
            GenericRecord holder =
                    dot < 0 ? generic : (GenericRecord) generic.get(path.substring(0, dot));
            holder.put(
                    path.substring(dot + 1), ByteBuffer.wrap(amount.unscaledValue().toByteArray()));
            bytes.write(plain, 0, HEADER);
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(schema).write(generic, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
