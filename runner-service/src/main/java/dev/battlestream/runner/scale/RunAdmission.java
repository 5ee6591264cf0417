package dev.battlestream.runner.scale;

import dev.battlestream.runner.battle.BattleId;
import dev.battlestream.runner.battle.Caps;
import dev.battlestream.runner.battle.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The rules that a request of a run must keep, whoever published it. All broken rules are told at
 * once, in words that name the field and the bound.
 */
public final class RunAdmission {

    private RunAdmission() {}

    /** Why the request is refused; empty when it keeps all rules. */
    public static Optional<Fault> refusal(RunRequest request, RunCaps caps) {
        List<String> broken = new ArrayList<>();
        if (!BattleId.isCanonical(request.runId())) {
            broken.add("runId must be a UUID in lower case");
        }
        age(request, caps).ifPresent(broken::add);
        between(broken, "runCount", request.runCount(), caps.runCount());
        between(broken, "concurrency", request.concurrency(), caps.concurrency());
        between(broken, "timeoutSeconds", request.timeoutSeconds(), caps.timeout().toSeconds());
        request.budgetUsd()
                .filter(b -> b.signum() <= 0 || b.compareTo(Caps.BUDGET_USD) > 0)
                .ifPresent(b ->
                        broken.add("budgetUsd must be more than 0 and at most " + Caps.BUDGET_USD));
        request.budgetUsd()
                .filter(budget ->
                        request.battleBudgetUsd()
                                .filter(each -> each.compareTo(budget) > 0)
                                .isPresent())
                .ifPresent(_ -> broken.add("battle: budgetUsd must not be more than the run's"));
        request.seed()
                .filter(seed -> seed > Long.MAX_VALUE - request.runCount())
                .ifPresent(_ -> broken.add("seed must leave room for one more for each member"));
        variants(broken, request.variants(), caps);
        labels(broken, request, caps);
        request.battle().stream()
                .map(fault -> "battle: " + fault.detail())
                .distinct()
                .forEach(broken::add);
        return broken.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fault(Fault.Blame.REQUEST, String.join("; ", broken)));
    }

    private static Optional<String> age(RunRequest request, RunCaps caps) {
        if (request.age().isEmpty()) {
            return Optional.of("the record has no timestamp: nobody can say whether it is stale");
        }
        return request.age()
                .filter(age -> age.compareTo(caps.requestRetention()) > 0)
                .map(_ ->
                        "the request is stale: older than %d hours"
                                .formatted(caps.requestRetention().toHours()));
    }

    private static void variants(List<String> broken, List<String> names, RunCaps caps) {
        if (names.size() > RunCaps.VARIANTS) {
            broken.add(
                    "variants must be 0 to %d, not %d".formatted(RunCaps.VARIANTS, names.size()));
            return;
        }
        if (names.stream().anyMatch(name -> name.isBlank() || name.length() > caps.labelLength())) {
            broken.add(
                    "a variant's name must be 1 to %d characters, not blank"
                            .formatted(caps.labelLength()));
        }
        if (new HashSet<>(names).size() < names.size()) {
            broken.add("the variants must have different names");
        }
    }

    private static void labels(List<String> broken, RunRequest request, RunCaps caps) {
        if (request.labels().size() > caps.labels()) {
            broken.add(
                    "labels must be 0 to %d, not %d"
                            .formatted(caps.labels(), request.labels().size()));
        }
        boolean tooLong =
                request.labels().entrySet().stream()
                        .anyMatch(label ->
                                label.getKey().length() > caps.labelLength()
                                        || label.getValue().length() > caps.labelLength());
        if (tooLong) {
            broken.add(
                    "a label's name and value must be at most %d characters"
                            .formatted(caps.labelLength()));
        }
        if (request.clientId().filter(id -> id.length() > caps.labelLength()).isPresent()) {
            broken.add("clientId must be at most %d characters".formatted(caps.labelLength()));
        }
    }

    private static void between(List<String> broken, String what, long n, long most) {
        if (n < 1 || n > most) {
            broken.add("%s must be 1 to %d, not %d".formatted(what, most, n));
        }
    }
}
