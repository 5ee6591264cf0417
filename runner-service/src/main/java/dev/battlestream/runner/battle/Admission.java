package dev.battlestream.runner.battle;

import dev.battlestream.policy.RegexCost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules that a request must keep, whoever published it. All broken rules are told at once, in
 * words that name the field and the bound.
 */
final class Admission {

    private interface Rule {
        Stream<String> broken(BattleRequest request, Caps caps);
    }

    private static final List<Rule> RULES =
            List.of(
                    Admission::age,
                    Admission::numbers,
                    Admission::texts,
                    Admission::models,
                    Admission::validators,
                    Admission::labels);

    private static final int MAX_DETAIL = 1_000;

    private Admission() {}

    /** Why the request is refused; empty when it keeps all rules. */
    static Optional<Fault> refusal(BattleRequest request, Caps caps) {
        List<String> broken = RULES.stream().flatMap(rule -> rule.broken(request, caps)).toList();
        if (broken.isEmpty()) {
            return Optional.empty();
        }
        String detail = String.join("; ", broken);
        return Optional.of(
                new Fault(
                        Fault.Blame.REQUEST,
                        detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail));
    }

    private static Stream<String> age(BattleRequest request, Caps caps) {
        return request.age().compareTo(caps.requestRetention()) > 0
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
                .filter(b -> b.compareTo(BigDecimal.ZERO) <= 0)
                .ifPresent(b -> broken.add("budgetUsd must be more than 0, not " + b));
        return broken.stream();
    }

    private static Stream<String> texts(BattleRequest request, Caps caps) {
        List<String> broken = new ArrayList<>();
        atMost(broken, "agentId", request.agentId(), caps.labelLength());
        request.clientId().ifPresent(id -> atMost(broken, "clientId", id, caps.labelLength()));
        request.runId().ifPresent(id -> atMost(broken, "runId", id, caps.labelLength()));
        atMost(broken, "systemPrompt", request.systemPrompt(), caps.textLength());
        atMost(broken, "goal", request.goal(), caps.textLength());
        request.opponent()
                .ifPresent(o ->
                        atMost(
                                broken,
                                "opponent.systemPrompt",
                                o.systemPrompt(),
                                caps.textLength()));
        request.judge()
                .ifPresent(
                        j -> atMost(broken, "judging.fast.rubric", j.rubric(), caps.textLength()));
        between(broken, "opening messages", request.opening().size(), 0, caps.openingMessages());
        request.opening()
                .forEach(text -> between(broken, "opening", text.length(), 1, caps.textLength()));
        return broken.stream().distinct();
    }

    private static Stream<String> models(BattleRequest request, Caps caps) {
        return Stream.of(
                        Stream.of(request.model()),
                        request.opponent().map(BattleRequest.OpponentRequest::model).stream(),
                        request.judge().map(BattleRequest.JudgeRequest::model).stream())
                .flatMap(names -> names)
                .distinct()
                .filter(caps.models().negate())
                .map(name -> "model '%s' is not allowed or not known".formatted(shortened(name)));
    }

    private static Stream<String> validators(BattleRequest request, Caps caps) {
        List<String> broken = new ArrayList<>();
        between(broken, "validators", request.validators().size(), 0, caps.validators());
        // Looked at before anything is compiled: a costly pattern exhausts the memory by then.
        long cost =
                request.validators().stream()
                        .filter(v -> v.kind() == BattleRequest.ValidatorRequest.Kind.REGEX)
                        .mapToLong(v -> RegexCost.of(v.pattern()))
                        .sum();
        if (cost > RegexCost.MAX_PER_POLICY) {
            return Stream.of(
                    "the regular expressions of the validators are too costly: about %d steps, at most %d"
                            .formatted(cost, RegexCost.MAX_PER_POLICY));
        }
        for (BattleRequest.ValidatorRequest validator : request.validators()) {
            between(
                    broken,
                    "a validator's pattern length",
                    validator.pattern().length(),
                    1,
                    caps.patternLength());
            switch (validator.kind()) {
                case REGEX -> {
                    if (!caps.regularExpression().test(validator.pattern())) {
                        broken.add("a validator's pattern is no RE2 regular expression");
                    }
                }
                case CONTAINS, EQUALS -> {}
                case UNKNOWN -> broken.add("a validator's type is unknown");
            }
        }
        return broken.stream().distinct();
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
