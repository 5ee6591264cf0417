package dev.battlestream.gateway.battle;

import static dev.battlestream.gateway.battle.FieldRules.atMost;
import static dev.battlestream.gateway.battle.FieldRules.budget;
import static dev.battlestream.gateway.battle.FieldRules.labels;
import static dev.battlestream.gateway.battle.FieldRules.model;
import static dev.battlestream.gateway.battle.FieldRules.said;
import static dev.battlestream.gateway.battle.FieldRules.temperature;
import static dev.battlestream.gateway.battle.FieldRules.within;

import dev.battlestream.gateway.battle.StartBattle.ModelJudge;
import dev.battlestream.gateway.battle.StartBattle.Opponent;
import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.policy.ValidatorRules;
import java.util.List;
import java.util.Optional;
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
                    (start, caps) -> temperature("temperature", start.temperature()),
                    (start, caps) -> budget("budgetUsd", start.budgetUsd()),
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
                    (start, caps) -> labels(start.labels(), caps));

    /** Turns without an improvement that make a plateau. */
    private static final int LEAST_PLATEAU = 2;

    private static final int MOST_PLATEAU = 25;

    private StartRules() {}

    /** Everything that is wrong; empty for a request that may go on. */
    static List<FieldError> broken(StartBattle start, Caps caps) {
        return RULES.stream().flatMap(rule -> rule.broken(start, caps)).toList();
    }

    private static Stream<FieldError> opening(StartBattle start, Caps caps) {
        return indexes(start.opening())
                .flatMap(i ->
                        said(
                                "opening[%d].content".formatted(i),
                                start.opening().get(i).content(),
                                caps.textLength()));
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

    private static Stream<Integer> indexes(List<?> list) {
        return IntStream.range(0, list.size()).boxed();
    }
}
