package dev.battlestream.gateway.document.adapter;

import dev.battlestream.gateway.access.Access;
import dev.battlestream.gateway.document.Call;
import dev.battlestream.gateway.document.Call.Answer;
import dev.battlestream.gateway.exchange.ProblemCode;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How a call can end, well or otherwise: status, headers, schema and examples. */
final class ContractAnswers {

    private static final String PROBLEM = "application/problem+json";

    /** What any call can end with. */
    private static final Set<ProblemCode> ANYWHERE =
            EnumSet.of(
                    ProblemCode.ORIGIN_NOT_ALLOWED,
                    ProblemCode.MISDIRECTED_REQUEST,
                    ProblemCode.MALFORMED_REQUEST,
                    ProblemCode.NOT_ACCEPTABLE,
                    ProblemCode.INTERNAL_ERROR);

    private static final Set<ProblemCode> WITHOUT_A_KEY =
            EnumSet.of(ProblemCode.UNAUTHORIZED, ProblemCode.FORBIDDEN);

    private static final String REQUEST_ID = "X-Request-Id";
    private static final String RETRY_AFTER = "Retry-After";
    private static final String CHALLENGE = "WWW-Authenticate";

    private static final Map<String, String> HEADERS =
            Map.of(
                    REQUEST_ID,
                    "The request's own id, or the one that was made for it",
                    RETRY_AFTER,
                    "Seconds after which it may be worth another try",
                    CHALLENGE,
                    "How to send a key",
                    "Location",
                    "Path of the status",
                    "ETag",
                    "Send it back as `If-None-Match`",
                    "RateLimit",
                    "Starts that are left (`r`), and seconds until there are more (`t`)",
                    "RateLimit-Policy",
                    "Starts (`q`) that a client has in so many seconds (`w`)");

    private ContractAnswers() {}

    /** Every problem that a call can end with. */
    static Set<ProblemCode> problems(Call call) {
        Set<ProblemCode> codes = EnumSet.copyOf(ANYWHERE);
        codes.addAll(call.problems());
        if (Access.of(call.method(), call.path()) instanceof Access.Needs) {
            codes.addAll(WITHOUT_A_KEY);
        }
        return codes;
    }

    static ApiResponses of(Call call) {
        ApiResponses responses = new ApiResponses();
        for (Answer answer : call.answers()) {
            ApiResponse response =
                    responses.computeIfAbsent(
                            Integer.toString(answer.status()),
                            _ ->
                                    new ApiResponse()
                                            .description(answer.text())
                                            .headers(headers(answer.headers())));
            answer.mediaType().ifPresent(type -> addBody(response, type, answer));
        }
        problems(call).stream()
                .collect(
                        Collectors.groupingBy(
                                ProblemCode::status, TreeMap::new, Collectors.toList()))
                .forEach((status, codes) ->
                        responses.computeIfAbsent(
                                Integer.toString(status), _ -> problem(call, status, codes)));
        return responses;
    }

    /** The same status may come with bodies of several media types. */
    private static void addBody(ApiResponse response, String mediaType, Answer answer) {
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
        MediaType media = new MediaType().schema(schema);
        answer.examples()
                .forEach(name -> media.addExamples(name, ContractExamples.reference(name)));
        if (response.getContent() == null) {
            response.content(new Content());
        }
        response.getContent().addMediaType(mediaType, media);
    }

    private static ApiResponse problem(Call call, int status, List<ProblemCode> codes) {
        MediaType media = new MediaType().schema(reference("Problem"));
        codes.forEach(code ->
                media.addExamples(
                        code.code(),
                        ContractExamples.reference(ContractExamples.problemName(call, code))));
        List<String> headers =
                switch (status) {
                    case 401 -> List.of(CHALLENGE);
                    case 429, 503 -> List.of(RETRY_AFTER);
                    default -> List.of();
                };
        return new ApiResponse()
                .description(
                        codes.stream()
                                .map(code -> "`%s`: %s".formatted(code.code(), code.title()))
                                .collect(Collectors.joining("\n\n")))
                .headers(headers(headers))
                .content(new Content().addMediaType(PROBLEM, media));
    }

    private static Map<String, Header> headers(List<String> own) {
        Map<String, Header> headers = new LinkedHashMap<>();
        headers.put(REQUEST_ID, new Header().$ref(REQUEST_ID));
        own.forEach(name -> headers.put(name, new Header().$ref(name)));
        return headers;
    }

    /** Adds the headers, to be referred to by name. */
    static void addHeadersTo(Components components) {
        for (String name : new TreeSet<>(HEADERS.keySet())) {
            components.addHeaders(
                    name,
                    new Header()
                            .description(HEADERS.get(name))
                            .required(true)
                            .schema(new StringSchema()));
        }
    }

    private static Schema<?> reference(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }
}
