package dev.battlestream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NeutralSchemaTest {

    static List<Topic<?>> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void onlyTheNotesForJavaGo(Topic<?> topic) {
        Schema neutral = NeutralSchema.of(topic.schema());

        assertThat(neutral.toString()).doesNotContain("avro.java").contains("\"doc\"");
        assertThat(SchemaRules.breaks(topic.schema(), neutral)).isEmpty();
        assertThat(SchemaRules.violations(neutral)).isEmpty();
    }

    @Test
    void textThatSpeaksOfTheNoteIsKept() {
        String doc = "Not a note: {\"type\":\"string\",\"avro.java.string\":\"String\"}";
        Schema schema = Schema.createEnum("E", doc, "n", List.of("A"), "A");

        assertThat(NeutralSchema.of(schema).getDoc()).isEqualTo(doc);
    }

    @Test
    void recordsAreWrittenUnderTheNeutralSchema() {
        ContractDatums<Object> datums = new ContractDatums<>();

        Schema written = datums.toSchema(Examples.turn());

        assertThat(written).isEqualTo(NeutralSchema.of(Topics.BATTLE_TURNS.schema()));
        assertThat(datums.toSchema(Examples.turn())).isSameAs(written);
        assertThat(datums.createDatumWriter(Examples.turn(), written))
                .isSameAs(datums.createDatumWriter(Examples.turn(), written));
        assertThat(datums.createDatumReader(written)).isSameAs(datums.createDatumReader(written));
    }
}
