package dev.battlestream.report.scale.adapter;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.report.battle.Spent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What tells specifications apart: SHA-256 over a request in Avro's binary encoding, without what
 * differs from run to run. Two runs of the same digest played the same. Amounts of money beyond the
 * contract are brought back into range, since such a request is read, too.
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
        BattleRequested asked = requested.getBattle();
        BattleRequested battle = copied(asked, new BattleRequested());
        battle.put("battleId", "");
        battle.put("requestedAt", Instant.EPOCH);
        battle.put("clientId", null);
        battle.put("runId", null);
        battle.put("labels", inOrder(asked.getLabels()));
        battle.put("budgetUsd", writable(asked.getBudgetUsd()));
        ScaleRunRequested specification = copied(requested, new ScaleRunRequested());
        specification.put("runId", "");
        specification.put("requestedAt", Instant.EPOCH);
        specification.put("clientId", null);
        specification.put("battle", battle);
        specification.put("labels", inOrder(requested.getLabels()));
        specification.put("budgetUsd", writable(requested.getBudgetUsd()));
        return specification;
    }

    /**
     * The copy with the fields of a record. A builder would copy them in depth, and refuse an
     * amount that Avro reads but does not write.
     */
    private static <R extends SpecificRecord> R copied(R from, R copy) {
        from.getSchema().getFields().forEach(field -> copy.put(field.pos(), from.get(field.pos())));
        return copy;
    }

    private static @Nullable BigDecimal writable(@Nullable BigDecimal usd) {
        return usd == null ? null : Spent.money(usd);
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
