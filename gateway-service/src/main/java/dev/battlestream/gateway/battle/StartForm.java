package dev.battlestream.gateway.battle;

import dev.battlestream.gateway.battle.StartBattle.Judging;
import dev.battlestream.gateway.battle.StartBattle.ModelJudge;
import dev.battlestream.gateway.battle.StartBattle.OnMatch;
import dev.battlestream.gateway.battle.StartBattle.Opening;
import dev.battlestream.gateway.battle.StartBattle.Opponent;
import dev.battlestream.gateway.battle.StartBattle.Speaker;
import dev.battlestream.gateway.battle.StartBattle.Validator;
import dev.battlestream.gateway.battle.StartBattle.ValidatorType;
import dev.battlestream.gateway.exchange.FieldError;
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

    /** A body of nothing but errors must not be answered by a larger body of messages. */
    private static final int MAX_ERRORS = 100;

    private final Caps caps;
    private final List<FieldError> errors = new ArrayList<>();

    private StartForm(Caps caps) {
        this.caps = caps;
    }

    /**
     * Reads a body.
     *
     * @param body what the JSON holds: maps, lists, texts, numbers, booleans and nulls
     */
    public static StartReading read(@Nullable Object body, Caps caps, AllowedModels models) {
        StartForm form = new StartForm(caps);
        StartBattle start = form.start(Fields.ofBody(body, form.errors));
        form.errors.addAll(StartRules.broken(start, caps));
        List<FieldError> notAllowed = ModelRules.broken(start, models);
        if (form.errors.isEmpty()) {
            return notAllowed.isEmpty()
                    ? new StartReading.Accepted(start)
                    : new StartReading.ModelNotAllowed(notAllowed);
        }
        // One error for each field: a reference that cannot be read is not looked up as well.
        Set<String> fields =
                form.errors.stream().map(FieldError::field).collect(Collectors.toSet());
        notAllowed.stream()
                .filter(error -> !fields.contains(error.field()))
                .forEach(form.errors::add);
        return new StartReading.Refused(form.errors.stream().distinct().limit(MAX_ERRORS).toList());
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
                        body.money("budgetUsd"),
                        body.whole("timeoutSeconds")
                                .orElse(Math.min(DEFAULT_TIMEOUT_SECONDS, caps.timeoutSeconds())),
                        body.object("judge")
                                .map(this::judging)
                                .orElse(new Judging(List.of(), Optional.empty())),
                        labels(body));
        body.refuseUnknown();
        return start;
    }

    private Optional<UUID> battleId(Fields body) {
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
                        fields.text("model").orElse(""), fields.text("systemPrompt").orElse(""));
        fields.refuseUnknown();
        return opponent;
    }

    private Judging judging(Fields fields) {
        List<Validator> validators = new ArrayList<>();
        for (Fields validator : fields.objects("validators", caps.validators())) {
            Optional<ValidatorType> type = validator.choice("type", ValidatorType.class);
            if (type.isEmpty()
                    && errors.stream().noneMatch(e -> e.field().equals(validator.at("type")))) {
                errors.add(new FieldError(validator.at("type"), "is missing"));
            }
            validators.add(
                    new Validator(
                            type.orElse(ValidatorType.CONTAINS),
                            validator.text("pattern").orElse(""),
                            validator.choice("onMatch", OnMatch.class).orElse(OnMatch.PASS)));
            validator.refuseUnknown();
        }
        Optional<ModelJudge> fast = fields.object("fast").map(StartForm::judge);
        // A battle that was judged more loosely than asked would be worse than none.
        fields.refuse("strong", "a strong judge is not available in this version");
        fields.refuse("plateau", "stopping on a plateau is not available in this version");
        fields.refuseUnknown();
        return new Judging(validators, fast);
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
