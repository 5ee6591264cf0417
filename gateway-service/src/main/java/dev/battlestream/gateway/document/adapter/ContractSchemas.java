package dev.battlestream.gateway.document.adapter;

import dev.battlestream.gateway.battle.Caps;
import dev.battlestream.gateway.battle.adapter.Started;
import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.RunReport;
import dev.battlestream.gateway.report.RunStatus;
import dev.battlestream.gateway.scale.RunCaps;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The schemas that springdoc cannot see in the controllers, and what all schemas share. */
@SuppressWarnings({"unchecked", "rawtypes"}) // the models of swagger are raw
final class ContractSchemas {

    private ContractSchemas() {}

    static void addTo(OpenAPI document, Caps caps, RunCaps runCaps) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        ModelConverters converters = ModelConverters.getInstance(true);
        // A start has two answers, a status is written by hand for its ETag, a report for its
        // formats, and broken rules are part of a problem.
        Stream.of(
                        Started.class,
                        BattleStatus.class,
                        RunStatus.class,
                        RunReport.class,
                        FieldError.class)
                .forEach(type -> schemas.putAll(converters.readAll(type)));
        SchemaNames.applyTo(schemas);
        schemas.put("StartBattle", StartSchemas.of(caps));
        schemas.put("StartRun", StartSchemas.ofRun(caps, runCaps));
        schemas.put("Problem", problem());
        schemas.values().forEach(ContractSchemas::writeEnumsInLowerCase);
    }

    private static Schema<?> problem() {
        List<String> codes = Stream.of(ProblemCode.values()).map(ProblemCode::code).toList();
        return new ObjectSchema()
                .description("What went wrong (RFC 9457)")
                .addProperty("type", new StringSchema().description("The kind, as a URI"))
                .addProperty("title", new StringSchema().description("The same for the kind"))
                .addProperty("status", new IntegerSchema().description("The HTTP status"))
                .addProperty("detail", new StringSchema().description("What happened here"))
                .addProperty("instance", new StringSchema().description("The path asked for"))
                .addProperty(
                        "code",
                        new StringSchema()._enum(codes).description("Stable; switch on this"))
                .addProperty("requestId", new StringSchema().description("For asking about it"))
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(new Schema<>().$ref("#/components/schemas/FieldError"))
                                .description("All broken rules"))
                .required(List.of("type", "title", "status", "code", "requestId"));
    }

    /** As they are in JSON. */
    private static void writeEnumsInLowerCase(Schema schema) {
        List<Object> values = schema.getEnum();
        if (values != null) {
            schema.setEnum(
                    values.stream()
                            .map(value -> String.valueOf(value).toLowerCase(Locale.ROOT))
                            .toList());
        }
        Map<String, Schema> properties = schema.getProperties();
        if (properties != null) {
            properties.values().forEach(ContractSchemas::writeEnumsInLowerCase);
        }
    }
}
