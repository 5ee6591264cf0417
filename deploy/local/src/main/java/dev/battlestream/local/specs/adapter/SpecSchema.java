package dev.battlestream.local.specs.adapter;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.NodePath;
import dev.battlestream.local.specs.FieldPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** A published schema; the gateway remains the judge of what keeps it. */
enum SpecSchema {
    BATTLE("battle.schema.json"),
    SCALE_RUN("scale-run.schema.json");

    /** Stands for the folder that they are published in; the reference of one to another fits. */
    private static final String FOLDER = "battlestream:/schemas/";

    private final String file;

    SpecSchema(String file) {
        this.file = file;
    }

    /**
     * A broken rule.
     *
     * @param rule to be read behind the field's name
     */
    record Broken(FieldPath field, String rule) {}

    /** All that is wrong with a document, in no order. */
    List<Broken> broken(JsonNode document) {
        Schema schema = Registry.OF_BOTH.getSchema(SchemaLocation.of(FOLDER + file));
        return schema.validate(document).stream().map(SpecSchema::broken).distinct().toList();
    }

    private static Broken broken(Error error) {
        FieldPath at = path(error.getInstanceLocation());
        String named = error.getProperty();
        return switch (error.getKeyword()) {
            case "additionalProperties" -> new Broken(at.child(named), "is no known field");
            case "required" -> new Broken(at.child(named), "is missing");
            case "false" -> new Broken(at, "does not belong here");
            default -> new Broken(at, error.getMessage());
        };
    }

    private static FieldPath path(NodePath location) {
        FieldPath path = FieldPath.ROOT;
        for (int i = 0; i < location.getNameCount(); i++) {
            path = path.child(location.getElement(i));
        }
        return path;
    }

    /** Made when the first file is checked. */
    private static final class Registry {

        static final SchemaRegistry OF_BOTH =
                SchemaRegistry.withDialect(
                        Dialects.getDraft202012(),
                        registry ->
                                registry.schemas(
                                                Map.of(
                                                        FOLDER + "battle.schema.json",
                                                        resource("/specs/battle.schema.json"),
                                                        FOLDER + "scale-run.schema.json",
                                                        resource("/specs/scale-run.schema.json")))
                                        .schemaRegistryConfig(
                                                SchemaRegistryConfig.builder()
                                                        .locale(Locale.ENGLISH)
                                                        .build()));

        private static String resource(String name) {
            try (InputStream in = SpecSchema.class.getResourceAsStream(name)) {
                return new String(
                        Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
