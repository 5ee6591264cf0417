package dev.battlestream.gateway.document.adapter;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.DateTimeSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the parameters mean. Controllers take them as text, to tell all that is wrong with them at
 * once, so their types are said here.
 */
final class ContractParameters {

    /** Parameters that a controller reads from the request itself, by the call's id. */
    private static final Map<String, List<Parameter>> UNSEEN =
            Map.of(
                    "startBattle",
                    List.of(new HeaderParameter().name("Prefer")),
                    "listBattles",
                    queries("state", "agentId", "runId", "from", "to", "cursor", "limit"),
                    "listRuns",
                    queries("state", "agentId", "from", "to", "cursor", "limit"));

    private static List<Parameter> queries(String... names) {
        return Stream.of(names).<Parameter>map(name -> new QueryParameter().name(name)).toList();
    }

    private ContractParameters() {}

    static void addTo(Operation operation, String call) {
        UNSEEN.getOrDefault(call, List.of()).forEach(operation::addParametersItem);
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(ContractParameters::describe);
        }
    }

    private static void describe(Parameter parameter) {
        switch (parameter.getName()) {
            case "id" -> set(parameter, "The battle", new StringSchema().format("uuid"));
            case "sinceSeq" ->
                    set(parameter, "Messages behind this seq; 0 for the first", whole(0));
            case "sinceTurn" ->
                    set(parameter, "Decisions behind this turn; 0 for the first", whole(0));
            case "page" -> set(parameter, "A page instead of sinceSeq, from 1", whole(1));
            case "limit" ->
                    set(parameter, "How many at most", whole(1).maximum(BigDecimal.valueOf(200)));
            case "after", "Last-Event-ID" ->
                    set(
                            parameter,
                            "The id of the last event that was seen; the header wins",
                            whole(0));
            case "Idempotency-Key" ->
                    set(
                            parameter,
                            "Visible ASCII characters that stand for this start",
                            new StringSchema().minLength(1).maxLength(200));
            case "Prefer" ->
                    set(
                            parameter,
                            "`wait=N`: answer when the battle has ended, or cancel it after N"
                                    + " seconds",
                            new StringSchema().example("wait=30"));
            case "state" ->
                    set(
                            parameter,
                            "How it is doing; queued ones are running ones here",
                            new StringSchema()
                                    ._enum(
                                            List.of(
                                                    "queued",
                                                    "running",
                                                    "completed",
                                                    "failed",
                                                    "canceled",
                                                    "timeout")));
            case "agentId" -> set(parameter, "The agent that plays", new StringSchema());
            case "runId" -> {
                if (parameter.getIn().equals("path")) {
                    set(parameter, "The scale run", new StringSchema().format("uuid"));
                } else {
                    set(parameter, "The scale run it belongs to", new StringSchema());
                }
            }
            case "format" ->
                    set(
                            parameter,
                            "What the report is written as",
                            new StringSchema()
                                    ._enum(List.of("json", "html", "csv"))
                                    ._default("json"));
            case "partial" ->
                    set(
                            parameter,
                            "Whether a report of a run that goes on is wanted as well",
                            new BooleanSchema()._default(false));
            case "from" -> set(parameter, "Not before this time", new DateTimeSchema());
            case "to" -> set(parameter, "Before this time", new DateTimeSchema());
            case "cursor" -> set(parameter, "`nextCursor` of the page before", new StringSchema());
            default ->
                    throw new IllegalStateException(
                            "nothing says what %s means".formatted(parameter.getName()));
        }
    }

    private static void set(Parameter parameter, String description, Schema<?> schema) {
        parameter.description(description).schema(schema);
    }

    private static Schema<?> whole(int from) {
        return new IntegerSchema().minimum(BigDecimal.valueOf(from));
    }
}
