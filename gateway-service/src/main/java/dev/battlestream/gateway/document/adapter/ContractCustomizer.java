package dev.battlestream.gateway.document.adapter;

import dev.battlestream.gateway.battle.Caps;
import dev.battlestream.gateway.document.Call;
import dev.battlestream.gateway.document.Call.Answer;
import dev.battlestream.gateway.exchange.ProblemCode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Adds the words, the answers and the problems to the routes that springdoc has found. */
final class ContractCustomizer implements OpenApiCustomizer {

    private static final String PROBLEM = "application/problem+json";

    /** What any call with a path or a body of its own can end with. */
    private static final Set<ProblemCode> ANYWHERE =
            EnumSet.of(
                    ProblemCode.UNAUTHORIZED,
                    ProblemCode.FORBIDDEN,
                    ProblemCode.ORIGIN_NOT_ALLOWED,
                    ProblemCode.MISDIRECTED_REQUEST,
                    ProblemCode.MALFORMED_REQUEST,
                    ProblemCode.NOT_ACCEPTABLE,
                    ProblemCode.INTERNAL_ERROR);

    private static final String REQUEST_ID = "X-Request-Id";
    private static final String START = "startBattle";
    private static final String KEY = "key";
    private static final String BEARER = "bearer";
    private static final String BATTLES = "Battles";
    private static final String PLATFORM = "Platform";

    private final List<Call> calls;
    private final Caps caps;

    ContractCustomizer(List<Call> calls, Caps caps) {
        this.calls = calls;
        this.caps = caps;
    }

    @Override
    public void customise(OpenAPI document) {
        ContractSchemas.addTo(document, caps);
        document.getComponents().addHeaders(REQUEST_ID, requestId());
        keys(document);
        document.setTags(List.of(new Tag().name(BATTLES), new Tag().name(PLATFORM)));
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
                .tags(
                        List.of(
                                call.path().contains("{id}") || call.id().equals(START)
                                        ? BATTLES
                                        : PLATFORM))
                .responses(responses(call));
        ContractParameters.addTo(operation, call.id());
        if (call.id().equals(START)) {
            operation.requestBody(startBody());
        }
    }

    private static RequestBody startBody() {
        MediaType media = new MediaType().schema(reference("StartBattle"));
        StartExamples.all()
                .forEach((name, body) -> media.addExamples(name, new Example().value(body)));
        return new RequestBody()
                .required(true)
                .content(new Content().addMediaType("application/json", media));
    }

    private static ApiResponses responses(Call call) {
        ApiResponses responses = new ApiResponses();
        for (Answer answer : call.answers()) {
            ApiResponse response =
                    new ApiResponse()
                            .description(answer.text())
                            .headers(Map.of(REQUEST_ID, new Header().$ref(REQUEST_ID)));
            answer.mediaType().ifPresent(type -> response.content(body(type, answer)));
            responses.addApiResponse(Integer.toString(answer.status()), response);
        }
        Set<ProblemCode> codes = EnumSet.copyOf(ANYWHERE);
        codes.addAll(call.problems());
        byStatus(codes)
                .forEach((status, text) ->
                        responses.computeIfAbsent(Integer.toString(status), _ -> problem(text)));
        return responses;
    }

    /** What the codes of each status mean, a line for each. */
    private static Map<Integer, String> byStatus(Set<ProblemCode> codes) {
        return codes.stream()
                .collect(
                        Collectors.groupingBy(
                                ProblemCode::status,
                                TreeMap::new,
                                Collectors.mapping(
                                        code -> "`%s`: %s".formatted(code.code(), code.title()),
                                        Collectors.joining("\n\n"))));
    }

    private static ApiResponse problem(String text) {
        return new ApiResponse()
                .description(text)
                .headers(Map.of(REQUEST_ID, new Header().$ref(REQUEST_ID)))
                .content(
                        new Content()
                                .addMediaType(
                                        PROBLEM, new MediaType().schema(reference("Problem"))));
    }

    private static Header requestId() {
        return new Header()
                .description("The request's own id, or the one that was made for it")
                .schema(new StringSchema());
    }

    private static Content body(String mediaType, Answer answer) {
        Schema<?> schema =
                switch (answer.schemas().size()) {
                    case 0 -> new StringSchema();
                    case 1 -> reference(answer.schemas().getFirst());
                    default -> {
                        Schema<?> either = new Schema<>();
                        answer.schemas().forEach(name -> either.addOneOfItem(reference(name)));
                        yield either;
                    }
                };
        return new Content().addMediaType(mediaType, new MediaType().schema(schema));
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }
}
