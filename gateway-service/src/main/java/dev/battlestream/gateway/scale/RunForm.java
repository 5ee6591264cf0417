package dev.battlestream.gateway.scale;

import dev.battlestream.gateway.battle.AllowedModels;
import dev.battlestream.gateway.battle.BattleIds;
import dev.battlestream.gateway.battle.Caps;
import dev.battlestream.gateway.battle.FieldRules;
import dev.battlestream.gateway.battle.Fields;
import dev.battlestream.gateway.battle.StartBattle;
import dev.battlestream.gateway.battle.StartForm;
import dev.battlestream.gateway.battle.StartReading;
import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.gateway.scale.StartRun.Variant;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request to start a scale run, its battle by the form of battles; all errors
 * at once, each with its path.
 */
public final class RunForm {

    /** The contract's bound on the time of a run, in seconds. */
    public static final int MOST_SECONDS = 604_800;

    /** The contract's default. */
    public static final int DEFAULT_SECONDS = 86_400;

    /** The contract's bound on variants. */
    public static final int MOST_VARIANTS = 10;

    /** The contract's bound on a variant's name, in characters. */
    public static final int NAME_LENGTH = 200;

    private static final String BATTLE = "battle";

    private final Caps caps;
    private final RunCaps runCaps;
    private final AllowedModels models;
    private final List<FieldError> errors = new ArrayList<>();
    private final List<FieldError> notAllowed = new ArrayList<>();

    private RunForm(Caps caps, RunCaps runCaps, AllowedModels models) {
        this.caps = caps;
        this.runCaps = runCaps;
        this.models = models;
    }

    /**
     * Reads a body.
     *
     * @param body what the JSON holds: maps, lists, texts, numbers, booleans and nulls
     * @param caps of each battle
     */
    public static RunReading read(
            @Nullable Object body, Caps caps, RunCaps runCaps, AllowedModels models) {
        return new RunForm(caps, runCaps, models).read(body);
    }

    private RunReading read(@Nullable Object value) {
        Fields body = Fields.ofBody(value, errors);
        Optional<UUID> runId = runId(body);
        int runCount = body.whole("runCount").orElse(1);
        int concurrency = body.whole("concurrency").orElse(1);
        Optional<StartBattle> battle = battle(body);
        List<Variant> variants = variants(body);
        Optional<Long> seed = body.longWhole("seed");
        Optional<BigDecimal> budgetUsd = body.money("budgetUsd");
        int timeoutSeconds = body.whole("timeoutSeconds").orElse(DEFAULT_SECONDS);
        Map<String, String> labels =
                body.object("labels").map(given -> given.texts(caps.labels())).orElse(Map.of());
        body.refuseUnknown();
        Stream.of(
                        FieldRules.within("runCount", runCount, runCaps.maxRunCount()),
                        FieldRules.within("concurrency", concurrency, runCaps.maxConcurrency()),
                        seed(seed, runCount),
                        battleSeed(battle, seed),
                        FieldRules.budget("budgetUsd", budgetUsd),
                        battleBudget(battle, budgetUsd),
                        FieldRules.within("timeoutSeconds", timeoutSeconds, MOST_SECONDS),
                        FieldRules.labels(labels, caps))
                .flatMap(broken -> broken)
                .forEach(errors::add);
        if (!errors.isEmpty()) {
            return new RunReading.Refused(
                    Stream.concat(errors.stream(), notAllowed.stream())
                            .distinct()
                            .limit(StartForm.MAX_ERRORS)
                            .toList());
        }
        if (!notAllowed.isEmpty()) {
            return new RunReading.ModelNotAllowed(notAllowed);
        }
        return new RunReading.Accepted(
                new StartRun(
                        runId,
                        runCount,
                        concurrency,
                        battle.orElseThrow(),
                        variants,
                        seed,
                        budgetUsd,
                        timeoutSeconds,
                        labels));
    }

    private Optional<UUID> runId(Fields body) {
        Optional<String> text = body.text("runId");
        Optional<UUID> id = text.flatMap(BattleIds::parse);
        if (text.isPresent() && id.isEmpty()) {
            errors.add(new FieldError("runId", "must be a UUID of 36 characters"));
        }
        return id;
    }

    /** Empty if there is an error in it, which is noted. */
    private Optional<StartBattle> battle(Fields body) {
        Object given = body.object(BATTLE).isPresent() ? body.raw(BATTLE) : Map.of();
        return switch (StartForm.readOfRun(given, caps, models)) {
            case StartReading.Accepted(StartBattle start) -> Optional.of(start);
            case StartReading.ModelNotAllowed(List<FieldError> models) -> {
                models.forEach(error -> notAllowed.add(inBattle(error)));
                yield Optional.empty();
            }
            case StartReading.Refused(List<FieldError> broken) -> {
                broken.forEach(error -> errors.add(inBattle(error)));
                yield Optional.empty();
            }
        };
    }

    private static FieldError inBattle(FieldError error) {
        return new FieldError(BATTLE + "." + error.field(), error.message());
    }

    private List<Variant> variants(Fields body) {
        List<Variant> variants = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        for (Fields fields : body.objects("variants", MOST_VARIANTS)) {
            Variant variant =
                    new Variant(
                            fields.text("name").orElse(""),
                            fields.text("model").orElse(""),
                            fields.text("systemPrompt"),
                            fields.number("temperature"));
            fields.refuseUnknown();
            check(variant, fields);
            String first = places.putIfAbsent(variant.name(), fields.at("name"));
            if (first != null && !variant.name().isEmpty()) {
                errors.add(new FieldError(fields.at("name"), "must not be the same as " + first));
            }
            variants.add(variant);
        }
        return variants;
    }

    private void check(Variant variant, Fields fields) {
        String model = fields.at("model");
        List<FieldError> modelErrors = FieldRules.model(model, variant.model()).toList();
        Stream.of(
                        noted(fields.at("name"))
                                ? Stream.<FieldError>empty()
                                : FieldRules.filled(fields.at("name"), variant.name(), NAME_LENGTH),
                        modelErrors.stream(),
                        variant.systemPrompt().stream()
                                .flatMap(prompt ->
                                        FieldRules.atMost(
                                                fields.at("systemPrompt"),
                                                prompt,
                                                caps.textLength())),
                        FieldRules.temperature(fields.at("temperature"), variant.temperature()))
                .flatMap(broken -> broken)
                .forEach(errors::add);
        // A reference that cannot be read is not looked up as well.
        if (modelErrors.isEmpty() && !models.maySpeak(variant.model())) {
            notAllowed.add(new FieldError(model, AllowedModels.REFUSAL));
        }
    }

    /** Whether something is wrong with the field already. */
    private boolean noted(String field) {
        return errors.stream().anyMatch(error -> error.field().equals(field));
    }

    /** A battle that may cost more than its run promises what it cannot keep. */
    private static Stream<FieldError> battleBudget(
            Optional<StartBattle> battle, Optional<BigDecimal> ofRun) {
        return battle.flatMap(StartBattle::budgetUsd).stream()
                .filter(each -> ofRun.filter(all -> each.compareTo(all) > 0).isPresent())
                .map(_ -> new FieldError(BATTLE + ".budgetUsd", "must not be more than the run's"));
    }

    /** All battles have the seed of their battle, or each has one of its own. */
    private static Stream<FieldError> battleSeed(
            Optional<StartBattle> battle, Optional<Long> ofRun) {
        return battle.flatMap(StartBattle::seed).stream()
                .filter(_ -> ofRun.isPresent())
                .map(_ -> new FieldError(BATTLE + ".seed", "must not stand beside the run's"));
    }

    /** Each battle has a seed of its own, counted from this one. */
    private static Stream<FieldError> seed(Optional<Long> seed, int runCount) {
        return seed.stream()
                .filter(first -> first > Long.MAX_VALUE - runCount)
                .map(_ -> new FieldError("seed", "leaves no numbers for the further battles"));
    }
}
