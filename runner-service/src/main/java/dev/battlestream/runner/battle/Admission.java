package dev.battlestream.runner.battle;

import dev.battlestream.policy.ValidatorRules;
import dev.battlestream.runner.battle.BattleRequest.JudgeRequest;
import dev.battlestream.runner.battle.BattleRequest.OpponentRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules that a request must keep, whoever published it. All broken rules are told at once, in
 * words that name the field and the bound.
 */
public final class Admission {

    private interface Rule {
        Stream<String> broken(BattleRequest request, Caps caps);
    }

    private static final List<Rule> RULES =
            List.of(
                    Admission::ids,
                    Admission::age,
                    Admission::numbers,
                    Admission::texts,
                    Admission::models,
                    Admission::validators,
                    Admission::plateau,
                    Admission::labels);

    private Admission() {}

    /** Why the request is refused; empty when it keeps all rules. */
    public static Optional<Fault> refusal(BattleRequest request, Caps caps) {
        List<String> broken = RULES.stream().flatMap(rule -> rule.broken(request, caps)).toList();
        if (broken.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Fault(Fault.Blame.REQUEST, String.join("; ", broken)));
    }

    private static Stream<String> ids(BattleRequest request, Caps caps) {
        List<String> broken = new ArrayList<>();
        if (!BattleId.isValid(request.battleId())) {
            broken.add("battleId must be a UUID");
        }
        if (!request.runId().map(BattleId::isValid).orElse(true)) {
            broken.add("runId must be a UUID");
        }
        return broken.stream();
    }

    private static Stream<String> age(BattleRequest request, Caps caps) {
        if (request.age().isEmpty()) {
            return Stream.of("the record has no timestamp: nobody can say whether it is stale");
        }
        return request.age().get().compareTo(caps.requestRetention()) > 0
                ? Stream.of(
                        "the request is stale: older than %d hours"
                                .formatted(caps.requestRetention().toHours()))
                : Stream.empty();
    }

    private static Stream<String> numbers(BattleRequest request, Caps caps) {
        List<String> broken = new ArrayList<>();
        between(broken, "messageLimit", request.messageLimit(), 1, caps.messageLimit());
        between(broken, "timeoutSeconds", request.timeoutSeconds(), 1, caps.timeout().toSeconds());
        request.maxTokensPerTurn()
                .ifPresent(n -> between(broken, "maxTokensPerTurn", n, 1, caps.maxTokensPerTurn()));
        request.temperature()
                .filter(t -> !(t >= 0 && t <= 2))
                .ifPresent(t -> broken.add("temperature must be 0 to 2, not " + t));
        request.budgetUsd()
                .filter(b -> b.signum() <= 0 || b.compareTo(Caps.BUDGET_USD) > 0)
                .ifPresent(b ->
                        broken.add("budgetUsd must be more than 0 and at most " + Caps.BUDGET_USD));
        return broken.stream();
    }

    private static Stream<String> texts(BattleRequest request, Caps caps) {
        List<String> broken = new ArrayList<>();
        atMost(broken, "agentId", request.agentId(), caps.labelLength());
        request.clientId().ifPresent(id -> atMost(broken, "clientId", id, caps.labelLength()));
        atMost(broken, "systemPrompt", request.systemPrompt(), caps.textLength());
        atMost(broken, "goal", request.goal(), caps.textLength());
        request.opponent()
                .ifPresent(o ->
                        atMost(
                                broken,
                                "opponent.systemPrompt",
                                o.systemPrompt(),
                                caps.textLength()));
        request.opponent().ifPresent(o -> stopWords(broken, o.stopWords()));
        request.fast()
                .ifPresent(
                        j -> atMost(broken, "judging.fast.rubric", j.rubric(), Caps.RUBRIC_LENGTH));
        request.strong()
                .ifPresent(j ->
                        atMost(broken, "judging.strong.rubric", j.rubric(), Caps.RUBRIC_LENGTH));
        between(broken, "opening messages", request.opening().size(), 0, caps.openingMessages());
        request.opening()
                .forEach(text -> {
                    between(broken, "opening", text.length(), 1, caps.textLength());
                    if (text.isBlank()) {
                        broken.add("opening must not be blank");
                    }
                });
        return broken.stream().distinct();
    }

    private static void stopWords(List<String> broken, List<String> words) {
        between(broken, "opponent.stopWords", words.size(), 0, Caps.STOP_WORDS);
        words.stream()
                .filter(word -> word.isBlank() || word.length() > Caps.STOP_WORD_LENGTH)
                .findAny()
                .ifPresent(word ->
                        broken.add(
                                "opponent.stopWords must each be 1 to %d characters, not blank"
                                        .formatted(Caps.STOP_WORD_LENGTH)));
    }

    private static Stream<String> models(BattleRequest request, Caps caps) {
        Stream<String> players =
                Stream.concat(
                                Stream.of(request.model()),
                                request.opponent().map(OpponentRequest::model).stream())
                        .distinct()
                        .filter(caps.models().negate())
                        .map(name ->
                                "model '%s' is not allowed or not known"
                                        .formatted(shortened(name)));
        Stream<String> unpriced =
                Stream.of(
                                Stream.of(request.model()),
                                request.opponent().map(OpponentRequest::model).stream(),
                                request.fast().map(JudgeRequest::model).stream()
                                        .filter(name -> !name.isEmpty()),
                                request.strong().map(JudgeRequest::model).stream()
                                        .filter(name -> !name.isEmpty()))
                        .flatMap(names -> names)
                        .distinct()
                        .filter(caps.priced().negate())
                        .map(name -> "model '%s' has no price".formatted(shortened(name)));
        return Stream.of(
                        players,
                        unpriced,
                        judge("judging.fast.model", request.fast(), caps),
                        judge("judging.strong.model", request.strong(), caps))
                .flatMap(broken -> broken);
    }

    private static Stream<String> judge(String field, Optional<JudgeRequest> judge, Caps caps) {
        return judge.map(JudgeRequest::model).stream()
                .filter(caps.judgeModels().negate())
                .map(name -> "%s '%s' is not provider:model".formatted(field, shortened(name)));
    }

    private static Stream<String> validators(BattleRequest request, Caps caps) {
        if (request.validators().size() > caps.validators()) {
            // So many are not even looked at.
            return Stream.of(
                    "validators must be 0 to %d, not %d"
                            .formatted(caps.validators(), request.validators().size()));
        }
        return ValidatorRules.broken(request.validators(), caps.patternLength()).stream()
                .map(broken ->
                        broken.place() < 0
                                ? "validators " + broken.rule()
                                : "a validator's %s %s".formatted(broken.field(), broken.rule()))
                .distinct();
    }

    private static Stream<String> plateau(BattleRequest request, Caps caps) {
        List<String> broken = new ArrayList<>();
        request.plateauTurns()
                .ifPresent(turns ->
                        between(
                                broken,
                                "judging.plateau.turns",
                                turns,
                                Caps.LEAST_PLATEAU,
                                Caps.HARD_MESSAGE_LIMIT));
        return broken.stream();
    }

    private static Stream<String> labels(BattleRequest request, Caps caps) {
        List<String> broken = new ArrayList<>();
        between(broken, "labels", request.labels().size(), 0, caps.labels());
        request.labels()
                .forEach((name, value) -> {
                    atMost(broken, "a label's name", name, caps.labelLength());
                    atMost(broken, "a label's value", value, caps.labelLength());
                });
        return broken.stream().distinct();
    }

    private static void between(List<String> broken, String what, long n, long from, long to) {
        if (n < from || n > to) {
            broken.add("%s must be %d to %d, not %d".formatted(what, from, to, n));
        }
    }

    private static void atMost(List<String> broken, String what, String text, int length) {
        if (text.length() > length) {
            broken.add("%s must be at most %d characters".formatted(what, length));
        }
    }

    private static String shortened(String name) {
        return name.length() > 100 ? name.substring(0, 100) + "…" : name;
    }
}
