package dev.battlestream.gateway.document.adapter;

import dev.battlestream.gateway.battle.Caps;
import dev.battlestream.gateway.scale.RunCaps;
import dev.battlestream.gateway.scale.RunForm;
import dev.battlestream.policy.JsonPath;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The body of a start. It is read by hand, to tell all that is wrong with it at once, so its schema
 * is written by hand as well, with the operator's caps in it. A test sends its examples.
 */
@SuppressWarnings("unchecked") // the models of swagger are raw
final class StartSchemas {

    private static final int MOST_STOP_WORDS = 20;
    private static final int STOP_WORD_LENGTH = 200;

    private static final BigDecimal HOTTEST = BigDecimal.TWO;
    private static final BigDecimal LEAST_PLATEAU = BigDecimal.TWO;
    private static final int MOST_PLATEAU = 25;

    private final Caps caps;

    private StartSchemas(Caps caps) {
        this.caps = caps;
    }

    static Schema<?> of(Caps caps) {
        return new StartSchemas(caps).start();
    }

    static Schema<?> ofRun(Caps caps, RunCaps runCaps) {
        return new StartSchemas(caps).run(runCaps);
    }

    private Schema<?> start() {
        return battle("What to play. Every field has a default.").addProperty("battleId", ownId());
    }

    private static Schema<?> ownId() {
        return new StringSchema()
                .format("uuid")
                .description("Id of your own choice, as good as an idempotency key");
    }

    private Schema<?> run(RunCaps runCaps) {
        return closed("What to play many times. Every field has a default.")
                .addProperty("runId", ownId())
                .addProperty(
                        "runCount",
                        whole("Battles that are played", runCaps.maxRunCount())._default(1))
                .addProperty(
                        "concurrency",
                        whole("Battles at the same time", runCaps.maxConcurrency())._default(1))
                .addProperty("battle", battle("What each of them is asked for like"))
                .addProperty(
                        "variants",
                        new ArraySchema()
                                .items(variant())
                                .maxItems(RunForm.MOST_VARIANTS)
                                .description(
                                        "Ways to play the battle, for comparing: taken in turn, the"
                                                + " first by the first battle"))
                .addProperty(
                        "seed",
                        seed(
                                "Models are asked with it in the first battle, and with the next"
                                        + " number in each further one; not beside a seed of the"
                                        + " battle, which is that of all"))
                .addProperty("budgetUsd", money("US dollars that the run may cost at most"))
                .addProperty(
                        "timeoutSeconds",
                        whole("Seconds until it is ended as timeout", RunForm.MOST_SECONDS)
                                ._default(RunForm.DEFAULT_SECONDS))
                .addProperty("labels", labels("Your own words, kept with the run"));
    }

    private Schema<?> variant() {
        return closed("A battle with something else in it")
                .addProperty("name", text("What reports call it", RunForm.NAME_LENGTH).minLength(1))
                .addProperty("model", model("Model of the agent; that of the battle when absent"))
                .addProperty(
                        "systemPrompt",
                        text(
                                "Instructions of the agent; those of the battle when absent",
                                caps.textLength()))
                .addProperty(
                        "temperature",
                        temperature("Passed on to the model; that of the battle when absent"))
                .required(List.of("name"));
    }

    private static Schema<?> temperature(String description) {
        return new NumberSchema()
                .minimum(BigDecimal.ZERO)
                .maximum(HOTTEST)
                .description(description);
    }

    private static Schema<?> seed(String description) {
        return new IntegerSchema().format("int64").description(description);
    }

    private static Schema<?> money(String description) {
        return new StringSchema().pattern("^[0-9]+(\\.[0-9]+)?$").description(description);
    }

    private Schema<?> labels(String description) {
        return new MapSchema()
                .additionalProperties(text("Value", caps.labelLength()))
                .maxProperties(caps.labels())
                .description(description);
    }

    private Schema<?> battle(String description) {
        return closed(description)
                .addProperty(
                        "agentId",
                        text("Whom the battle is about", caps.labelLength())._default("agent"))
                .addProperty(
                        "model", model("Model of the agent; the platform's default when absent"))
                .addProperty("systemPrompt", text("Instructions of the agent", caps.textLength()))
                .addProperty("goal", text("What the agent is to reach", caps.textLength()))
                .addProperty(
                        "opening",
                        new ArraySchema()
                                .items(opening())
                                .maxItems(caps.openingMessages())
                                .description("Messages before the first turn"))
                .addProperty("opponent", opponent())
                .addProperty(
                        "messageLimit",
                        whole("Messages of the agent at most", caps.messageLimit())
                                ._default(caps.messageLimit()))
                .addProperty(
                        "maxTokensPerTurn",
                        whole("Tokens in one message at most", caps.maxTokensPerTurn()))
                .addProperty("temperature", temperature("Passed on to the model"))
                .addProperty(
                        "seed",
                        seed(
                                "Models are asked with it, where their protocol has a seed; scripted"
                                        + " ones draw from it"))
                .addProperty("budgetUsd", money("US dollars that all roles may cost at most"))
                .addProperty(
                        "timeoutSeconds",
                        whole("Seconds until it is ended as timeout", caps.timeoutSeconds()))
                .addProperty("judge", judge())
                .addProperty("labels", labels("Your own words, kept with the battle"));
    }

    private Schema<?> opening() {
        return closed("A message that is there already")
                .addProperty(
                        "role", new StringSchema()._enum(List.of("user", "agent"))._default("user"))
                .addProperty("content", text("What was said", caps.textLength()).minLength(1));
    }

    private Schema<?> opponent() {
        return closed("Another model that answers the agent")
                .addProperty("model", model("Model of the opponent"))
                .addProperty("systemPrompt", text("Its instructions", caps.textLength()))
                .addProperty(
                        "stopWords",
                        new ArraySchema()
                                .items(text("In any case", STOP_WORD_LENGTH).minLength(1))
                                .maxItems(MOST_STOP_WORDS)
                                .description(
                                        "The battle ends as stopped once the opponent says one"));
    }

    private Schema<?> judge() {
        return closed("Who decides after each turn whether the goal is reached")
                .addProperty(
                        "validators",
                        new ArraySchema()
                                .items(validator())
                                .maxItems(caps.validators())
                                .description("Checks that go before every model"))
                .addProperty(
                        "combine",
                        choice(
                                "any: the first validator that settles the matter decides; all: one"
                                        + " that fails decides, or all that pass",
                                "any",
                                "all"))
                .addProperty(
                        "fast",
                        judge(
                                "The model that is asked when no validator decides",
                                "The platform's default when absent",
                                "What it judges by"))
                .addProperty(
                        "strong",
                        judge(
                                "The model that has to confirm a yes of the fast one",
                                "The platform's default when absent, which is the fast one, asked"
                                        + " more strictly",
                                "What it judges by; that of the fast one when absent"))
                .addProperty(
                        "plateau",
                        closed("Ends the battle when nothing improves any more")
                                .addProperty(
                                        "turns",
                                        whole(
                                                        "Judged turns without an improvement of the"
                                                                + " judge's estimate of progress",
                                                        MOST_PLATEAU)
                                                .minimum(LEAST_PLATEAU)
                                                ._default(4)));
    }

    private Schema<?> judge(String description, String model, String rubric) {
        return closed(description)
                .addProperty("model", model(model))
                .addProperty("rubric", text(rubric, caps.rubricLength()));
    }

    private Schema<?> validator() {
        return closed("A check without a model; which fields it has depends on its type")
                .addProperty(
                        "type",
                        new StringSchema()
                                ._enum(
                                        List.of(
                                                "regex",
                                                "contains",
                                                "equals",
                                                "jsonSchema",
                                                "numericRange",
                                                "jsonPath",
                                                "length")))
                .addProperty(
                        "pattern",
                        text(
                                "regex, contains, equals: what is looked for in the message",
                                caps.patternLength()))
                .addProperty(
                        "schema",
                        anything(
                                "jsonSchema: a JSON Schema of draft 2020-12 that the message's JSON"
                                        + " keeps, with references into its own $defs only"))
                .addProperty(
                        "path",
                        text(
                                "jsonPath, numericRange: a JSONPath (RFC 9535) of names, indexes,"
                                        + " wildcards and descendants",
                                JsonPath.MAX_LENGTH))
                .addProperty(
                        "equalTo",
                        anything(
                                "jsonPath: what something at the path equals; anything is a match"
                                        + " when absent"))
                .addProperty(
                        "number",
                        choice(
                                "numericRange without a path: which number of the message",
                                "last",
                                "only"))
                .addProperty("min", bound("least"))
                .addProperty("max", bound("most"))
                .addProperty("onMatch", choice("What a match says of the turn", "pass", "fail"))
                .addProperty(
                        "onMismatch",
                        choice(
                                "What it says of the turn that there is no match; none: nothing",
                                "none",
                                "pass",
                                "fail"))
                .required(List.of("type"));
    }

    /** The first one is the default. */
    private static StringSchema choice(String description, String... names) {
        StringSchema schema = new StringSchema();
        schema.description(description);
        schema._enum(List.of(names))._default(names[0]);
        return schema;
    }

    private static Schema<?> anything(String description) {
        return new Schema<Object>().description(description);
    }

    private static Schema<?> bound(String which) {
        return new Schema<Object>()
                .types(new LinkedHashSet<>(List.of("number", "string")))
                .description(
                        "numericRange, length: the %s that matches; a text keeps every digit"
                                .formatted(which));
    }

    private static Schema<?> closed(String description) {
        Schema<?> schema = new ObjectSchema().description(description);
        schema.setAdditionalProperties(false);
        return schema;
    }

    private static StringSchema text(String description, int most) {
        StringSchema schema = new StringSchema();
        schema.description(description).maxLength(most);
        return schema;
    }

    private static StringSchema model(String description) {
        StringSchema schema = new StringSchema();
        schema.description(description).pattern("^[^:]{1,200}:.{1,200}$");
        schema.example("scripted:goal-at-4");
        return schema;
    }

    private static IntegerSchema whole(String description, int most) {
        IntegerSchema schema = new IntegerSchema();
        schema.description(description).minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(most));
        return schema;
    }
}
