package dev.battlestream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The rules see what they are there for: each test breaks one in a copy of a real schema. */
class SchemaRulesTest {

    private static final String TURN = SchemaFiles.text(Topics.BATTLE_TURNS.schema());
    private static final Schema CURRENT = parse(TURN);

    @Test
    void aNewFieldWithDefaultBreaksNothing() {
        Schema changed = withField("{\"name\": \"extra\", \"type\": \"int\", \"default\": 0}");

        assertThat(SchemaRules.breaks(CURRENT, changed)).isEmpty();
    }

    @Test
    void aNewFieldWithoutDefaultCannotReadWhatIsThere() {
        Schema changed = withField("{\"name\": \"extra\", \"type\": \"int\"}");

        assertThat(SchemaRules.breaks(CURRENT, changed))
                .singleElement()
                .asString()
                .contains("the newer one cannot read the older", "extra");
    }

    @Test
    void aRemovedFieldWithoutDefaultBreaksOlderReaders() {
        Schema changed = withField("{\"name\": \"extra\", \"type\": \"int\"}");

        assertThat(SchemaRules.breaks(changed, CURRENT))
                .singleElement()
                .asString()
                .contains("the older one cannot read the newer", "extra");
    }

    @Test
    void aTypeThatOnlyGrowsBreaksOlderReaders() {
        Schema changed = changed("\"name\": \"seq\",\n      \"type\": \"int\"", "int", "long");

        assertThat(SchemaRules.breaks(CURRENT, changed))
                .singleElement()
                .asString()
                .contains("the older one cannot read the newer");
    }

    @Test
    void anEnumMayGrowBecauseItHasADefault() {
        Schema changed = changed("\"OPPONENT\",", ",", ", \"X\",");

        assertThat(SchemaRules.breaks(CURRENT, changed)).isEmpty();
    }

    @Test
    void anotherScaleOfMoneyIsABreakThoughAvroDoesNotSeeIt() {
        Schema changed = parse(TURN.replace("\"scale\": 9", "\"scale\": 6"));

        assertThat(SchemaRules.breaks(CURRENT, changed))
                .contains("TurnProduced.costUsd: was decimal(18, 9) and is decimal(18, 6)")
                .allMatch(broken -> broken.endsWith("was decimal(18, 9) and is decimal(18, 6)"));
    }

    @Test
    void anotherUnitOfTimeIsABreakThoughAvroDoesNotSeeIt() {
        Schema changed = parse(TURN.replace("timestamp-micros", "timestamp-millis"));

        assertThat(SchemaRules.breaks(CURRENT, changed))
                .containsExactly(
                        "TurnProduced.producedAt: was timestamp-micros and is timestamp-millis");
        assertThat(SchemaRules.violations(changed))
                .containsExactly("TurnProduced.producedAt: an instant that is no timestamp-micros");
    }

    @Test
    void whatIsUndocumentedIsSeen() {
        Schema changed = withField("{\"name\": \"extra\", \"type\": \"int\", \"default\": 0}");

        assertThat(SchemaRules.violations(changed))
                .containsExactly("TurnProduced.extra: a field without documentation");
    }

    @Test
    void anEnumWithoutDefaultIsSeen() {
        Schema changed =
                withField(
                        """
                        {"name": "extra", "doc": "Extra.", "type":
                          {"type": "enum", "name": "Extra", "doc": "Extra.", "symbols": ["A"]}}
                        """);

        assertThat(SchemaRules.violations(changed))
                .containsExactly("TurnProduced.extra: an enum without default symbol");
    }

    @Test
    void moneyInFloatingPointIsSeen() {
        Schema changed =
                withField(
                        "{\"name\": \"priceUsd\", \"doc\": \"A price.\", \"type\": [\"null\", \"double\"]}");

        assertThat(SchemaRules.violations(changed))
                .containsExactly(
                        "TurnProduced.priceUsd: money that is no decimal(18, 9)",
                        "TurnProduced.priceUsd: may be null and has no default");
    }

    private static Schema withField(String json) {
        return changed("\"fields\": [", "[", "[" + json + ",");
    }

    /** The turn's schema, changed within the first place where {@code where} stands. */
    private static Schema changed(String where, String from, String to) {
        assertThat(TURN).contains(where);
        int at = TURN.indexOf(where);
        return parse(
                TURN.substring(0, at)
                        + where.replace(from, to)
                        + TURN.substring(at + where.length()));
    }

    private static Schema parse(String json) {
        return new Schema.Parser().parse(json);
    }
}
