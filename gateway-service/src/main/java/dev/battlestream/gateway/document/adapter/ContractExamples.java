package dev.battlestream.gateway.document.adapter;

import dev.battlestream.gateway.document.Call;
import dev.battlestream.gateway.exchange.ProblemCode;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.examples.Example;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bodies that the document shows, from files. A test sends those of requests, and holds those of
 * answers against what is really answered.
 */
final class ContractExamples {

    private static final List<String> STARTS =
            List.of("smallest", "support-bot", "against-an-opponent", "strictly-judged");

    private static final List<String> RUN_STARTS = List.of("smallest-run", "model-comparison");

    private static final JsonMapper JSON = JsonMapper.shared();

    private ContractExamples() {}

    /** Names of the starts that are shown. */
    static List<String> starts() {
        return STARTS;
    }

    /** Names of the starts of scale runs that are shown. */
    static List<String> runStarts() {
        return RUN_STARTS;
    }

    static Example start(String name) {
        return new Example().value(required("/openapi/start/" + name + ".json"));
    }

    /** Adds all that is shown of answers, each once, to be referred to by name. */
    static void addTo(Components components, List<Call> calls) {
        for (Call call : calls) {
            call.answers().stream()
                    .flatMap(answer -> answer.examples().stream())
                    .forEach(name -> components.addExamples(name, answer(name)));
            for (ProblemCode code : ContractAnswers.problems(call)) {
                String name = problemName(call, code);
                components.addExamples(
                        name, new Example().value(required("/openapi/problems/" + name + ".json")));
            }
        }
    }

    static Example reference(String name) {
        return new Example().$ref("#/components/examples/" + name);
    }

    /** A problem is shown as this call has it, if there is more to say than that it occurs. */
    static String problemName(Call call, ProblemCode code) {
        String own = code.code() + "." + call.id();
        return resource("/openapi/problems/" + own + ".json").isPresent() ? own : code.code();
    }

    private static Example answer(String name) {
        Optional<byte[]> text = resource("/openapi/answers/" + name + ".txt");
        return new Example()
                .value(
                        text.<Object>map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                                .orElseGet(() -> required("/openapi/answers/" + name + ".json")));
    }

    private static Object required(String file) {
        return resource(file)
                .map(bytes -> JSON.readValue(bytes, Object.class))
                .orElseThrow(() -> new IllegalStateException("missing in the program: " + file));
    }

    private static Optional<byte[]> resource(String file) {
        try (InputStream in = ContractExamples.class.getResourceAsStream(file)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
