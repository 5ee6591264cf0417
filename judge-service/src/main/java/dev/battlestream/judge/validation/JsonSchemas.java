package dev.battlestream.judge.validation;

import com.google.re2j.Pattern;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import tools.jackson.databind.JsonNode;

/**
 * Checks documents against JSON Schemas of draft 2020-12. Schemas have passed {@code
 * JsonSchemaRules}, so there is nothing to fetch; should one name something else all the same,
 * there is no loader that would.
 */
final class JsonSchemas {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDialect(
                    Dialects.getDraft202012(),
                    registry ->
                            registry.schemaCacheEnabled(false)
                                    .schemaLoader(loader -> loader.block(_ -> true))
                                    .schemaRegistryConfig(
                                            SchemaRegistryConfig.builder()
                                                    .formatAssertionsEnabled(false)
                                                    .failFast(true)
                                                    .regularExpressionFactory(expression -> {
                                                        Pattern pattern =
                                                                Pattern.compile(expression);
                                                        return text -> pattern.matcher(text).find();
                                                    })
                                                    .build()));

    private JsonSchemas() {}

    static boolean keeps(String schema, JsonNode document) {
        return REGISTRY.getSchema(JsonValues.parse(schema))
                .validate(document, OutputFormat.BOOLEAN);
    }
}
