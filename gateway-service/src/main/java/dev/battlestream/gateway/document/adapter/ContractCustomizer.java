package dev.battlestream.gateway.document.adapter;

import dev.battlestream.gateway.battle.Caps;
import dev.battlestream.gateway.document.Call;
import dev.battlestream.gateway.scale.RunCaps;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Adds the words, the answers and the problems to the routes that springdoc has found. */
final class ContractCustomizer implements OpenApiCustomizer {

    private static final String KEY = "key";
    private static final String BEARER = "bearer";
    private static final String BATTLES = "Battles";
    private static final String RUNS = "Scale runs";
    private static final String PLATFORM = "Platform";

    private final List<Call> calls;
    private final Caps caps;
    private final RunCaps runCaps;

    ContractCustomizer(List<Call> calls, Caps caps, RunCaps runCaps) {
        this.calls = calls;
        this.caps = caps;
        this.runCaps = runCaps;
    }

    @Override
    public void customise(OpenAPI document) {
        ContractSchemas.addTo(document, caps, runCaps);
        ContractAnswers.addHeadersTo(document.getComponents());
        ContractExamples.addTo(document.getComponents(), calls);
        keys(document);
        document.setTags(
                List.of(new Tag().name(BATTLES), new Tag().name(RUNS), new Tag().name(PLATFORM)));
        for (Call call : calls) {
            PathItem path = document.getPaths().get(call.path());
            Operation operation =
                    path == null
                            ? null
                            : path.readOperationsMap()
                                    .get(PathItem.HttpMethod.valueOf(call.method()));
            if (operation == null) {
                throw new IllegalStateException(
                        "no route answers %s %s".formatted(call.method(), call.path()));
            }
            describe(operation, call);
        }
    }

    /** Either way to send a key, or none where the gateway asks for none. */
    private static void keys(OpenAPI document) {
        document.getComponents()
                .addSecuritySchemes(
                        KEY,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name("X-API-Key"))
                .addSecuritySchemes(
                        BEARER,
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"));
        document.setSecurity(
                List.of(
                        new SecurityRequirement(),
                        new SecurityRequirement().addList(KEY),
                        new SecurityRequirement().addList(BEARER)));
    }

    private static void describe(Operation operation, Call call) {
        operation
                .operationId(call.id())
                .summary(call.summary())
                .description(call.text())
                .tags(List.of(tag(call.path())))
                .responses(ContractAnswers.of(call));
        ContractParameters.addTo(operation, call.id());
        switch (call.id()) {
            case "startBattle" ->
                    operation.requestBody(body("StartBattle", ContractExamples.starts()));
            case "startRun" ->
                    operation.requestBody(body("StartRun", ContractExamples.runStarts()));
            default -> {
                // Nothing else has a body.
            }
        }
    }

    private static String tag(String path) {
        if (path.startsWith("/api/battles") || path.startsWith("/api/stream")) {
            return BATTLES;
        }
        return path.startsWith("/api/scale") ? RUNS : PLATFORM;
    }

    private static RequestBody body(String schema, List<String> examples) {
        MediaType media = new MediaType().schema(reference(schema));
        examples.forEach(name -> media.addExamples(name, ContractExamples.start(name)));
        return new RequestBody()
                .required(true)
                .content(new Content().addMediaType("application/json", media));
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }
}
