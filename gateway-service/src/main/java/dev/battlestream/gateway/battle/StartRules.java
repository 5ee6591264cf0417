package dev.battlestream.gateway.battle;

import dev.battlestream.gateway.battle.StartBattle.ModelJudge;
import dev.battlestream.gateway.battle.StartBattle.Opponent;
import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.policy.ValidatorRules;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rules that a start request must keep; each says all that it finds wrong. */
final class StartRules {

    private interface Rule {
        Stream<FieldError> broken(StartBattle start, Caps caps);
    }

    /** The contract's bound on an opponent's stop words. */
    static final int MOST_STOP_WORDS = 20;

    /** The contract's bound on one of them, in characters. */
    static final int STOP_WORD_LENGTH = 200;

    private static final List<Rule> RULES =
            List.of(
                    (start, caps) ->
                            within("messageLimit", start.messageLimit(), caps.messageLimit()),
                    (start, caps) ->
                            within("timeoutSeconds", start.timeoutSeconds(), caps.timeoutSeconds()),
                    (start, caps) ->
                            start.maxTokensPerTurn().stream()
                                    .flatMap(tokens ->
                                            within(
                                                    "maxTokensPerTurn",
                                                    tokens,
                                                    caps.maxTokensPerTurn())),
                    StartRules::temperature,
                    StartRules::budget,
                    (start, caps) -> atMost("agentId", start.agentId(), caps.labelLength()),
                    (start, caps) ->
                            atMost("systemPrompt", start.systemPrompt(), caps.textLength()),
                    (start, caps) -> atMost("goal", start.goal(), caps.textLength()),
                    (start, caps) -> model("model", start.model()),
                    StartRules::opening,
                    StartRules::opponent,
                    StartRules::validators,
                    StartRules::judges,
                    StartRules::plateau,
                    StartRules::labels);

    /** Turns without an improvement that make a plateau. */
    private static final int LEAST_PLATEAU = 2;

    private static final int MOST_PLATEAU = 25;

    /** What the runner takes at most. */
    private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000);

    private static final Pattern MODEL =
            Pattern.compile("[!-~&&[^:\"\\\\]]{1,200}:[!-~&&[^\"\\\\]]{1,200}");

    private StartRules() {}

    /** Everything that is wrong; empty for a request that may go on. */
    static List<FieldError> broken(StartBattle start, Caps caps) {
        return RULES.stream().flatMap(rule -> rule.broken(start, caps)).toList();
    }

    private static Stream<FieldError> temperature(StartBattle start, Caps caps) {
        return start.temperature().stream()
                .filter(t -> !(t >= 0 && t <= 2))
                .map(_ -> new FieldError("temperature", "must be 0 to 2"));
    }

    private static Stream<FieldError> budget(StartBattle start, Caps caps) {
        return start.budgetUsd().stream()
                .filter(usd -> usd.signum() <= 0 || usd.compareTo(MOST_USD) > 0)
                .map(_ -> new FieldError("budgetUsd", "must be more than 0, at most " + MOST_USD));
    }

    private static Stream<FieldError> opening(StartBattle start, Caps caps) {
        return indexes(start.opening())
                .flatMap(i ->
                        said(
                                "opening[%d].content".formatted(i),
                                start.opening().get(i).content(),
                                caps.textLength()));
    }

    private static Stream<FieldError> said(String field, String text, int length) {
        return !text.isEmpty() && text.isBlank()
                ? Stream.of(new FieldError(field, "must not be blank"))
                : filled(field, text, length);
    }

    private static Stream<FieldError> opponent(StartBattle start, Caps caps) {
        Optional<Opponent> opponent = start.opponent();
        return opponent.stream()
                .flatMap(o ->
                        Stream.of(
                                        model("opponent.model", o.model()),
                                        atMost(
                                                "opponent.systemPrompt",
                                                o.systemPrompt(),
                                                caps.textLength()),
                                        stopWords(o.stopWords()))
                                .flatMap(broken -> broken));
    }

    private static Stream<FieldError> stopWords(List<String> words) {
        return IntStream.range(0, words.size())
                .boxed()
                .flatMap(i ->
                        said(
                                "opponent.stopWords[%d]".formatted(i),
                                words.get(i),
                                STOP_WORD_LENGTH));
    }

    private static Stream<FieldError> judges(StartBattle start, Caps caps) {
        return Stream.concat(
                judge("judge.fast", start.judging().fast(), caps),
                judge("judge.strong", start.judging().strong(), caps));
    }

    private static Stream<FieldError> judge(String field, Optional<ModelJudge> judge, Caps caps) {
        return judge.stream()
                .flatMap(j ->
                        Stream.concat(
                                model(field + ".model", j.model()),
                                atMost(field + ".rubric", j.rubric(), caps.rubricLength())));
    }

    private static Stream<FieldError> plateau(StartBattle start, Caps caps) {
        return start.judging().plateauTurns().stream()
                .filter(turns -> turns < LEAST_PLATEAU || turns > MOST_PLATEAU)
                .map(_ ->
                        new FieldError(
                                "judge.plateau.turns",
                                "must be %d to %d".formatted(LEAST_PLATEAU, MOST_PLATEAU)));
    }

    private static Stream<FieldError> validators(StartBattle start, Caps caps) {
        return ValidatorRules.broken(start.judging().validators(), caps.patternLength()).stream()
                // A type that is not known has been told already, by its name.
                .filter(broken -> !broken.field().equals("type"))
                .map(broken ->
                        new FieldError(
                                broken.place() < 0
                                        ? "judge.validators"
                                        : "judge.validators[%d].%s"
                                                .formatted(broken.place(), broken.field()),
                                broken.rule()));
    }

    private static Stream<FieldError> labels(StartBattle start, Caps caps) {
        return start.labels().entrySet().stream()
                .flatMap(label -> label(label, caps.labelLength()));
    }

    private static Stream<FieldError> label(Map.Entry<String, String> label, int length) {
        String field = "labels." + Fields.shown(label.getKey());
        return Stream.concat(
                label.getKey().isEmpty() || label.getKey().length() > length
                        ? Stream.of(
                                new FieldError(
                                        field,
                                        "must have a name of 1 to %d characters".formatted(length)))
                        : Stream.empty(),
                atMost(field, label.getValue(), length));
    }

    private static Stream<Integer> indexes(List<?> list) {
        return IntStream.range(0, list.size()).boxed();
    }

    private static Stream<FieldError> model(String field, String model) {
        return model.isEmpty() || MODEL.matcher(model).matches()
                ? Stream.empty()
                : Stream.of(
                        new FieldError(
                                field,
                                "must be written provider:name, for example openai:gpt-4o-mini"));
    }

    private static Stream<FieldError> within(String field, int value, int most) {
        return value >= 1 && value <= most
                ? Stream.empty()
                : Stream.of(new FieldError(field, "must be 1 to %d".formatted(most)));
    }

    private static Stream<FieldError> atMost(String field, String text, int length) {
        return text.length() <= length
                ? Stream.empty()
                : Stream.of(
                        new FieldError(field, "must have at most %d characters".formatted(length)));
    }

    private static Stream<FieldError> filled(String field, String text, int length) {
        return text.isEmpty() || text.length() > length
                ? Stream.of(new FieldError(field, "must have 1 to %d characters".formatted(length)))
                : Stream.empty();
    }
}
