package dev.battlestream.gateway.battle;

import dev.battlestream.gateway.battle.StartBattle.Judging;
import dev.battlestream.gateway.battle.StartBattle.ModelJudge;
import dev.battlestream.gateway.battle.StartBattle.Opening;
import dev.battlestream.gateway.battle.StartBattle.Opponent;
import dev.battlestream.gateway.battle.StartBattle.Speaker;
import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.policy.ValidatorCombination;
import dev.battlestream.policy.ValidatorSpec;
import dev.battlestream.policy.ValidatorSpec.Kind;
import dev.battlestream.policy.ValidatorSpec.NumberChoice;
import dev.battlestream.policy.ValidatorSpec.OnMatch;
import dev.battlestream.policy.ValidatorSpec.OnMismatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the body of a start request: shape first, then the rules, all errors at once. */
public final class StartForm {

    private static final int DEFAULT_TIMEOUT_SECONDS = 600;

    /** The contract's default. */
    private static final int DEFAULT_PLATEAU_TURNS = 4;

    /** A body of nothing but errors must not be answered by a larger body of messages. */
    public static final int MAX_ERRORS = 100;

    private final Caps caps;
    private final List<FieldError> errors = new ArrayList<>();

    private final boolean ofRun;

    private StartForm(Caps caps, boolean ofRun) {
        this.caps = caps;
        this.ofRun = ofRun;
    }

    /**
     * Reads a body.
     *
     * @param body what the JSON holds: maps, lists, texts, numbers, booleans and nulls
     */
    public static StartReading read(@Nullable Object body, Caps caps, AllowedModels models) {
        return new StartForm(caps, false).read(body, models);
    }

    /** The same of the battle that a scale run plays many times, each with an id of the run. */
    public static StartReading readOfRun(@Nullable Object body, Caps caps, AllowedModels models) {
        return new StartForm(caps, true).read(body, models);
    }

    private StartReading read(@Nullable Object body, AllowedModels models) {
        StartBattle start = start(Fields.ofBody(body, errors));
        errors.addAll(StartRules.broken(start, caps));
        List<FieldError> notAllowed = ModelRules.broken(start, models);
        if (errors.isEmpty()) {
            return notAllowed.isEmpty()
                    ? new StartReading.Accepted(start)
                    : new StartReading.ModelNotAllowed(notAllowed);
        }
        // One error for each field: a reference that cannot be read is not looked up as well.
        Set<String> fields = errors.stream().map(FieldError::field).collect(Collectors.toSet());
        notAllowed.stream().filter(error -> !fields.contains(error.field())).forEach(errors::add);
        return new StartReading.Refused(errors.stream().distinct().limit(MAX_ERRORS).toList());
    }

    private StartBattle start(Fields body) {
        StartBattle start =
                new StartBattle(
                        battleId(body),
                        body.text("agentId").orElse("agent"),
                        body.text("model").orElse(""),
                        body.text("systemPrompt").orElse(""),
                        body.text("goal").orElse(""),
                        opening(body),
                        body.object("opponent").map(StartForm::opponent),
                        body.whole("messageLimit").orElse(caps.messageLimit()),
                        body.whole("maxTokensPerTurn"),
                        body.number("temperature"),
                        body.longWhole("seed"),
                        body.money("budgetUsd"),
                        body.whole("timeoutSeconds")
                                .orElse(Math.min(DEFAULT_TIMEOUT_SECONDS, caps.timeoutSeconds())),
                        body.object("judge").map(this::judging).orElse(Judging.DEFAULT),
                        labels(body));
        body.refuseUnknown();
        return start;
    }

    private Optional<UUID> battleId(Fields body) {
        if (ofRun) {
            body.refuse("battleId", "follows from the run and cannot be chosen");
            return Optional.empty();
        }
        Optional<String> text = body.text("battleId");
        Optional<UUID> id = text.flatMap(BattleIds::parse);
        if (text.isPresent() && id.isEmpty()) {
            errors.add(new FieldError("battleId", "must be a UUID of 36 characters"));
        }
        return id;
    }

    private List<Opening> opening(Fields body) {
        List<Opening> messages = new ArrayList<>();
        for (Fields message : body.objects("opening", caps.openingMessages())) {
            messages.add(
                    new Opening(
                            message.choice("role", Speaker.class).orElse(Speaker.USER),
                            message.text("content").orElse("")));
            message.refuseUnknown();
        }
        return messages;
    }

    private static Opponent opponent(Fields fields) {
        Opponent opponent =
                new Opponent(
                        fields.text("model").orElse(""),
                        fields.text("systemPrompt").orElse(""),
                        fields.textList("stopWords", StartRules.MOST_STOP_WORDS));
        fields.refuseUnknown();
        return opponent;
    }

    private Judging judging(Fields fields) {
        List<ValidatorSpec> validators = new ArrayList<>();
        for (Fields validator : fields.objects("validators", caps.validators())) {
            validators.add(validator(validator));
        }
        Judging judging =
                new Judging(
                        validators,
                        fields.choice("combine", ValidatorCombination.class)
                                .orElse(ValidatorCombination.ANY),
                        fields.object("fast").map(StartForm::judge),
                        fields.object("strong").map(StartForm::judge),
                        fields.object("plateau").map(StartForm::plateauTurns));
        fields.refuseUnknown();
        return judging;
    }

    private ValidatorSpec validator(Fields fields) {
        Optional<ValidatorType> type = fields.choice("type", ValidatorType.class);
        if (type.isEmpty() && errors.stream().noneMatch(e -> e.field().equals(fields.at("type")))) {
            errors.add(new FieldError(fields.at("type"), "is missing"));
        }
        ValidatorSpec validator =
                new ValidatorSpec(
                        kind(type),
                        fields.text("pattern").orElse(""),
                        fields.choice("onMatch", OnMatch.class).orElse(OnMatch.PASS),
                        fields.choice("onMismatch", OnMismatch.class).orElse(OnMismatch.NONE),
                        fields.json("schema"),
                        fields.text("path"),
                        fields.json("equalTo"),
                        fields.choice("number", NumberChoice.class).orElse(NumberChoice.LAST),
                        fields.decimal("min"),
                        fields.decimal("max"));
        fields.refuseUnknown();
        return validator;
    }

    /** What a validator may be told to look at; one of a later version cannot be asked for. */
    private enum ValidatorType {
        REGEX,
        CONTAINS,
        EQUALS,
        JSON_SCHEMA,
        NUMERIC_RANGE,
        JSON_PATH,
        LENGTH
    }

    private static Kind kind(Optional<ValidatorType> type) {
        return type.map(known ->
                        switch (known) {
                            case REGEX -> Kind.REGEX;
                            case CONTAINS -> Kind.CONTAINS;
                            case EQUALS -> Kind.EQUALS;
                            case JSON_SCHEMA -> Kind.JSON_SCHEMA;
                            case NUMERIC_RANGE -> Kind.NUMERIC_RANGE;
                            case JSON_PATH -> Kind.JSON_PATH;
                            case LENGTH -> Kind.LENGTH;
                        })
                .orElse(Kind.UNKNOWN);
    }

    private static int plateauTurns(Fields fields) {
        int turns = fields.whole("turns").orElse(DEFAULT_PLATEAU_TURNS);
        fields.refuseUnknown();
        return turns;
    }

    private static ModelJudge judge(Fields fields) {
        ModelJudge judge =
                new ModelJudge(fields.text("model").orElse(""), fields.text("rubric").orElse(""));
        fields.refuseUnknown();
        return judge;
    }

    private Map<String, String> labels(Fields body) {
        return body.object("labels").map(labels -> labels.texts(caps.labels())).orElse(Map.of());
    }
}
