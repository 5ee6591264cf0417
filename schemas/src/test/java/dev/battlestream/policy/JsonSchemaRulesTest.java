package dev.battlestream.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaRulesTest {

    @Test
    void aSchemaCostsItsPartsAndListedValues() {
        String schema =
                """
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "An order",
                 "type": "object", "required": ["id", "total"],
                 "properties": {"id": {"type": "string", "pattern": "^[A-Z]{3}$"},
                                "total": {"type": ["number", "null"], "minimum": 0}},
                 "additionalProperties": false}
                """;

        assertThat(JsonSchemaRules.cost(schema))
                .isEqualTo(new JsonSchemaRules.Cost(12, RegexCost.of("^[A-Z]{3}$")));
    }

    @Test
    void whatIsReferredToCostsEachTime() {
        String schema =
                """
                {"$defs": {"name": {"type": "string"}},
                 "prefixItems": [{"$ref": "#/$defs/name"}, {"$ref": "#/$defs/name"}]}
                """;

        assertThat(JsonSchemaRules.cost(schema).parts()).isEqualTo(1 + 2 * (1 + 2));
    }

    @Test
    void referencesThatDoubleEachOtherAreToldByTheirCostAtOnce() {
        StringBuilder schema = new StringBuilder("{\"$ref\":\"#/$defs/d0\",\"$defs\":{");
        for (int i = 0; i < 60; i++) {
            schema.append(
                    "\"d%d\":{\"allOf\":[{\"$ref\":\"#/$defs/d%d\"},{\"$ref\":\"#/$defs/d%d\"}]},"
                            .formatted(i, i + 1, i + 1));
        }
        schema.append("\"d60\":true}}");

        assertThat(JsonSchemaRules.cost(schema.toString()).parts())
                .isGreaterThan(JsonSchemaRules.MAX_PER_POLICY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | must have 1 to 8000 characters",
                "{ | is no JSON",
                "3 | must be an object, and so must each schema in it",
                "{\"items\": 3} | must be an object, and so must each schema in it",
                "{\"$ref\": \"https://example.org/schema\"} | $ref must be written #/$defs/name",
                "{\"$ref\": \"file:///etc/passwd\"} | $ref must be written #/$defs/name",
                "{\"$ref\": \"#\"} | $ref must be written #/$defs/name",
                "{\"$ref\": \"#/$defs/a\"} | $ref leads to nothing",
                "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"items\": {\"$ref\": \"#/$defs/a\"}}}} | $ref leads back to itself",
                "{\"$id\": \"https://example.org\"} | has the keyword $id, which is not supported",
                "{\"$dynamicRef\": \"#a\"} | has the keyword $dynamicRef, which is not supported",
                "{\"unevaluatedItems\": false} | has the keyword unevaluatedItems, which is not supported",
                "{\"$schema\": \"http://json-schema.org/draft-07/schema#\"} | $schema must be https://json-schema.org/draft/2020-12/schema",
                "{\"type\": \"text\"} | type must name types of JSON",
                "{\"type\": []} | type must name types of JSON",
                "{\"enum\": 1} | enum must be a list",
                "{\"required\": [1]} | required must be a list of names",
                "{\"allOf\": []} | allOf must be a list of schemas",
                "{\"properties\": []} | properties must be an object of schemas",
                "{\"minLength\": -1} | minLength must be a whole number of at least 0",
                "{\"maximum\": \"3\"} | maximum must be a number",
                "{\"multipleOf\": 0} | multipleOf must be a number above 0",
                "{\"uniqueItems\": 1} | uniqueItems must be true or false",
                "{\"pattern\": \"(a\"} | has a pattern that is no RE2 regular expression",
                "{\"pattern\": \"(a)\\\\1\"} | has a pattern that is no RE2 regular expression",
                "{\"patternProperties\": {\"(?=a)\": true}} | has a pattern that is no RE2 regular expression",
                "{\"pattern\": \"((a{999}){999})\"} | has a regular expression that is too costly",
                "{\"dependentRequired\": {\"a\": 1}} | dependentRequired must be a list of names"
            })
    void whatCannotBeCheckedInBoundsIsRefused(String schema, String rule) {
        assertThatThrownBy(() -> JsonSchemaRules.cost(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(rule);
    }

    @Test
    void aSchemaHasAnEnd() {
        String schema = "{\"title\":\"" + "x".repeat(JsonSchemaRules.MAX_LENGTH) + "\"}";

        assertThatThrownBy(() -> JsonSchemaRules.cost(schema)).hasMessageContaining("8000");
    }
}
