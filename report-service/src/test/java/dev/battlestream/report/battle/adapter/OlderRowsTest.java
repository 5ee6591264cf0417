package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.DeletedBattle;
import dev.battlestream.report.battle.Known;
import dev.battlestream.report.battle.Verdict;
import dev.battlestream.stored.report.StoredStatus;
import dev.battlestream.stored.report.StoredVerdict;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/** What an earlier version has left in a store is read by this one. */
class OlderRowsTest {

    private final Serde<Verdict> rows = StoredRows.verdicts();

    @Test
    void aVerdictOfTheFirstReleaseIsReadable() throws IOException {
        Schema schema;
        try (InputStream in = getClass().getResourceAsStream("/stored/0.1.0/StoredVerdict.avsc")) {
            schema = new Schema.Parser().parse(in);
        }
        GenericData model = SpecificData.getForClass(StoredVerdict.class);
        byte[] bytes = bytes(model, schema);

        Verdict verdict = rows.deserializer().deserialize("", bytes);

        assertThat(verdict.turn()).isEqualTo(3);
        assertThat(verdict.progress()).isNull();
        assertThat(verdict.stages())
                .singleElement()
                .satisfies(stage -> {
                    assertThat(stage.attempt()).isEqualTo(1);
                    assertThat(stage.criteriaApplied()).isEmpty();
                    assertThat(stage.promptVersion()).isNull();
                    assertThat(stage.answeredBy()).isNull();
                });
    }

    @Test
    void aVerdictOfThisReleaseIsReadAsItWasWritten() {
        Verdict verdict =
                ((BattleEvent.Judged)
                                EventAvro.event(
                                        Records.verdict(
                                                "0198f3c2-6f0a-7c55-9a55-0d6c2f1e7b11", 1, 1)))
                        .verdict();

        assertThat(rows.deserializer().deserialize("", rows.serializer().serialize("", verdict)))
                .isEqualTo(verdict);
    }

    @Test
    void aStatusOfTheFirstReleaseIsNoDeletedBattle() throws IOException {
        Schema schema;
        try (InputStream in = getClass().getResourceAsStream("/stored/0.1.0/StoredStatus.avsc")) {
            schema = new Schema.Parser().parse(in);
        }
        GenericData model = SpecificData.getForClass(StoredStatus.class);
        GenericRecord spent = new GenericData.Record(schema.getField("agent").schema());
        spent.put("calls", 1);
        spent.put("tokensIn", 2L);
        spent.put("tokensOut", 3L);
        spent.put("costUsd", new BigDecimal("0.000100000"));
        GenericRecord status = new GenericData.Record(schema);
        status.put("battleId", "0198f3c2-6f0a-7c55-9a55-0d6c2f1e7b11");
        status.put("places", 1);
        status.put("messages", 1);
        status.put("verdicts", 1);
        status.put("turn", 1);
        for (String role : List.of("agent", "opponent", "judge")) {
            status.put(role, spent);
        }
        for (String time : List.of("startedAt", "lastActivityAt", "recordedAt")) {
            status.put(time, Records.START);
        }

        Known known = StoredRows.statuses().deserializer().deserialize("", encoded(model, status));

        assertThat(known)
                .isInstanceOfSatisfying(
                        BattleStatus.class,
                        read -> assertThat(read.recordedAt()).isEqualTo(Records.START));
    }

    @Test
    void aMarkerIsReadAsItWasWritten() {
        Serde<Known> statuses = StoredRows.statuses();
        Known marker = new DeletedBattle("0198f3c2-6f0a-7c55-9a55-0d6c2f1e7b11", Records.START);

        assertThat(
                        statuses.deserializer()
                                .deserialize("", statuses.serializer().serialize("", marker)))
                .isEqualTo(marker);
    }

    private static byte[] encoded(GenericData model, GenericRecord record) throws IOException {
        var encoded =
                new BinaryMessageEncoder<GenericRecord>(model, record.getSchema()).encode(record);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    private static byte[] bytes(GenericData model, Schema schema) throws IOException {
        BigDecimal cost = new BigDecimal("0.000100000");
        GenericRecord stage =
                new GenericData.Record(schema.getField("stages").schema().getElementType());
        stage.put("stage", "FAST");
        stage.put("answer", "NO");
        stage.put("confidence", 0.9);
        stage.put("reason", "not yet");
        stage.put("model", "scripted:judge");
        stage.put("tokensIn", 50);
        stage.put("tokensOut", 5);
        stage.put("costUsd", cost);
        stage.put("latencyMs", 20L);
        stage.put("calls", 1);
        GenericRecord verdict = new GenericData.Record(schema);
        verdict.put("turn", 3);
        verdict.put("seq", 3);
        verdict.put("answer", "NO");
        verdict.put("decidedBy", "FAST");
        verdict.put("confidence", 0.9);
        verdict.put("criteriaApplied", List.of("fast:goal"));
        verdict.put("reason", "not yet");
        verdict.put("model", "scripted:judge");
        verdict.put("tokensIn", 50);
        verdict.put("tokensOut", 5);
        verdict.put("costUsd", cost);
        verdict.put("latencyMs", 20L);
        verdict.put("issuedAt", Instant.parse("2026-01-01T00:00:00Z"));
        verdict.put("stages", List.of(stage));
        return encoded(model, verdict);
    }
}
