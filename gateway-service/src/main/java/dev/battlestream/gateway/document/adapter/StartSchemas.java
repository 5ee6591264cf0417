package dev.battlestream.gateway.document.adapter;

import dev.battlestream.gateway.battle.Caps;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.math.BigDecimal;
import java.util.List;

/**
 * The body of a start. It is read by hand, to tell all that is wrong with it at once, so its schema
 * is written by hand as well, with the operator's caps in it. A test sends its examples.
 */
@SuppressWarnings("unchecked") // the models of swagger are raw
final class StartSchemas {

    private static final BigDecimal HOTTEST = BigDecimal.TWO;

    private final Caps caps;

    private StartSchemas(Caps caps) {
        this.caps = caps;
    }

    static Schema<?> of(Caps caps) {
        return new StartSchemas(caps).start();
    }

    private Schema<?> start() {
        return closed("What to play. Every field has a default.")
                .addProperty(
                        "battleId",
                        new StringSchema()
                                .format("uuid")
                                .description(
                                        "Id of your own choice, as good as an idempotency key"))
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
                .addProperty(
                        "temperature",
                        new NumberSchema()
                                .minimum(BigDecimal.ZERO)
                                .maximum(HOTTEST)
                                .description("Passed on to the model"))
                .addProperty(
                        "budgetUsd",
                        new StringSchema()
                                .pattern("^[0-9]+(\\.[0-9]+)?$")
                                .description("US dollars that all roles may cost at most"))
                .addProperty(
                        "timeoutSeconds",
                        whole("Seconds until it is ended as timeout", caps.timeoutSeconds()))
                .addProperty("judge", judge())
                .addProperty(
                        "labels",
                        new MapSchema()
                                .additionalProperties(text("Value", caps.labelLength()))
                                .maxProperties(caps.labels())
                                .description("Your own words, kept with the battle"));
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
                .addProperty("systemPrompt", text("Its instructions", caps.textLength()));
    }

    private Schema<?> judge() {
        Schema<?> validator =
                closed("A check without a model")
                        .addProperty(
                                "type",
                                new StringSchema()._enum(List.of("regex", "contains", "equals")))
                        .addProperty(
                                "pattern",
                                text("What is looked for in the message", caps.patternLength()))
                        .addProperty(
                                "onMatch",
                                new StringSchema()
                                        ._enum(List.of("pass", "fail"))
                                        ._default("pass")
                                        .description("What a match says of the turn"))
                        .required(List.of("type", "pattern"));
        Schema<?> fast =
                closed("The model that is asked when no validator decides")
                        .addProperty("model", model("The platform's default when absent"))
                        .addProperty("rubric", text("What it judges by", caps.rubricLength()));
        return closed("Who decides after each turn whether the goal is reached")
                .addProperty(
                        "validators",
                        new ArraySchema().items(validator).maxItems(caps.validators()))
                .addProperty("fast", fast);
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
