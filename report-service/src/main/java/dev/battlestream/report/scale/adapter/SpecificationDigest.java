package dev.battlestream.report.scale.adapter;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.ScaleRunRequested;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * What tells specifications apart: SHA-256 over a request in Avro's binary encoding, without what
 * differs from run to run. Two runs of the same digest played the same.
 */
final class SpecificationDigest {

    private static final SpecificDatumWriter<ScaleRunRequested> WRITER =
            new SpecificDatumWriter<>(ScaleRunRequested.class);

    private SpecificationDigest() {}

    /** The digest of a request: 64 hexadecimal digits. */
    static String of(ScaleRunRequested requested) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(encoded(specification(requested))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static ScaleRunRequested specification(ScaleRunRequested requested) {
        BattleRequested battle =
                BattleRequested.newBuilder(requested.getBattle())
                        .setBattleId("")
                        .setRequestedAt(Instant.EPOCH)
                        .setClientId(null)
                        .setRunId(null)
                        .setLabels(inOrder(requested.getBattle().getLabels()))
                        .build();
        return ScaleRunRequested.newBuilder(requested)
                .setRunId("")
                .setRequestedAt(Instant.EPOCH)
                .setClientId(null)
                .setBattle(battle)
                .setLabels(inOrder(requested.getLabels()))
                .build();
    }

    /** Written in the order of their names, whatever order they came in. */
    private static Map<String, String> inOrder(Map<String, String> labels) {
        return new TreeMap<>(labels);
    }

    private static byte[] encoded(ScaleRunRequested specification) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            WRITER.write(specification, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
