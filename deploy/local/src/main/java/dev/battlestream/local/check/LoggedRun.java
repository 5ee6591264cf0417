package dev.battlestream.local.check;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A scale run as its topics tell it: the first request, the first outcome, and of each member the
 * first launch and the first end. Takes in what it is told: a run may have very many members.
 */
public final class LoggedRun {

    private static final List<String> REASONS =
            List.of("goal", "limit", "plateau", "budget", "error", "manual", "timeout", "stopped");
    private static final List<String> CLASSES =
            List.of("request", "provider", "judge", "platform", "budget", "unknown");

    private record Member(
            int index, String battleId, Instant launchedAt, RunEvent.@Nullable Result result) {}

    private final String runId;
    private final SortedMap<Integer, Member> members = new TreeMap<>();
    private int over;
    private RunEvent.@Nullable Asked asked;
    private RunEvent.@Nullable Ended ended;

    public LoggedRun(String runId) {
        this.runId = runId;
    }

    /** Takes in a record, if it counts. */
    public void take(RunEvent event) {
        switch (event) {
            case RunEvent.Asked first -> asked = asked == null ? first : asked;
            case RunEvent.Ended first -> ended = ended == null ? first : ended;
            case RunEvent.Launched launched ->
                    members.putIfAbsent(
                            launched.index(),
                            new Member(launched.index(), launched.battleId(), launched.at(), null));
            case RunEvent.MemberEnded end -> {
                Member known = members.get(end.index());
                if (known == null || known.result() == null) {
                    // A launch stands before the end; where the log has deleted it, the battle's
                    // own start stands in for it.
                    Instant launchedAt =
                            known == null ? end.result().startedAt() : known.launchedAt();
                    members.put(
                            end.index(),
                            new Member(end.index(), end.battleId(), launchedAt, end.result()));
                    over++;
                }
            }
        }
    }

    /** Whether somebody asked for it, as far as the log still tells. */
    public boolean isAsked() {
        return asked != null;
    }

    /** Whether its outcome has been read. */
    public boolean hasEnded() {
        return ended != null;
    }

    /** Whether it has ended, and with it all its members, and its request is known. */
    public boolean isWhole() {
        return asked != null && ended != null && over == launched(ended);
    }

    private int launched(RunEvent.Ended end) {
        return Math.max(members.size(), end.launched());
    }

    /** How many members its report has. */
    public int memberCount() {
        return members.size();
    }

    /** The places of its members. */
    public Collection<Integer> indexes() {
        return Collections.unmodifiableSet(members.keySet());
    }

    /** What the report is to say of a member; {@link Fields#NONE} where there is none. */
    public Fields member(int index) {
        Member member = members.get(index);
        if (member == null) {
            return Fields.NONE;
        }
        RunEvent.Asked request = asked;
        List<RunEvent.Variant> variants = request == null ? List.of() : request.variants();
        RunEvent.Result result = member.result();
        Fields.Builder row =
                new Fields.Builder()
                        .number("index", member.index())
                        .text("battleId", member.battleId())
                        .text(
                                "variant",
                                variants.isEmpty()
                                        ? null
                                        : variants.get((index - 1) % variants.size()).name())
                        .text("state", result == null ? "running" : "ended")
                        .time("launchedAt", member.launchedAt());
        if (result != null) {
            row.text("reason", result.reason())
                    .text("failureClass", result.failureClass())
                    .number("turns", result.turns())
                    .money("costUsd", result.total().costUsd())
                    .number("durationMs", result.durationMs())
                    .time("endedAt", result.endedAt());
        }
        return row.build();
    }

    /**
     * What the report is to say beside its members.
     *
     * @throws IllegalStateException while it is not whole
     */
    public Fields head() {
        RunEvent.Asked request = asked;
        RunEvent.Ended end = ended;
        if (request == null || end == null) {
            throw new IllegalStateException("the report of a run is given at its end");
        }
        List<RunEvent.Result> results =
                members.values().stream().map(Member::result).filter(Objects::nonNull).toList();
        return end.figures()
                .and(
                        new Fields.Builder()
                                .text("runId", runId)
                                .flag("final", isWhole())
                                .part("specification", request.specification())
                                .number("total", request.runCount())
                                .number("launched", launched(end))
                                .number("completed", results.size())
                                .part("counts", counts(results))
                                .part("failures", failures(results))
                                .part("successRate", successRate(results))
                                .part("turnsToGoal", turnsToGoal(results))
                                .part(
                                        "turnLatencyMs",
                                        latencies(
                                                results.stream()
                                                        .flatMap(result ->
                                                                result.latenciesMs().stream())
                                                        .toList()))
                                .part(
                                        "battleDurationMs",
                                        latencies(
                                                results.stream()
                                                        .map(RunEvent.Result::durationMs)
                                                        .toList()))
                                .part("usage", usage(results))
                                .parts("variants", variants(request))
                                .time("startedAt", startedAt(end))
                                .build());
    }

    private Instant startedAt(RunEvent.Ended end) {
        return members.values().stream()
                .map(Member::launchedAt)
                .min(Comparator.naturalOrder())
                .orElse(end.startedAt());
    }

    private static Fields counts(List<RunEvent.Result> results) {
        return counted(REASONS, results.stream().map(RunEvent.Result::reason).toList());
    }

    private static Fields failures(List<RunEvent.Result> results) {
        return counted(
                CLASSES,
                results.stream()
                        .map(RunEvent.Result::failureClass)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static Fields counted(List<String> names, List<String> found) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        names.forEach(name -> counts.put(name, 0));
        found.forEach(name -> counts.computeIfPresent(name, (_, count) -> count + 1));
        Fields.Builder fields = new Fields.Builder();
        counts.forEach((name, count) -> fields.number(name, count.intValue()));
        return fields.build();
    }

    private static boolean reachedGoal(RunEvent.Result result) {
        return result.reason().equals("goal");
    }

    private static Fields rate(List<RunEvent.Result> results) {
        int goals = Math.toIntExact(results.stream().filter(LoggedRun::reachedGoal).count());
        return RunFigures.rate(goals, results.size());
    }

    private static Fields successRate(List<RunEvent.Result> results) {
        return rate(results)
                .and(
                        new Fields.Builder()
                                .share("confidence", RunFigures.CONFIDENCE)
                                .text("method", "wilson")
                                .build());
    }

    private static List<Long> turnsOfGoals(List<RunEvent.Result> results) {
        return results.stream()
                .filter(LoggedRun::reachedGoal)
                .map(result -> (long) result.turns())
                .toList();
    }

    private static Fields turnsToGoal(List<RunEvent.Result> results) {
        List<Long> turns = turnsOfGoals(results);
        SortedMap<Long, Integer> bins = new TreeMap<>();
        turns.forEach(taken -> bins.merge(taken, 1, Integer::sum));
        List<Fields> histogram = new ArrayList<>();
        bins.forEach((taken, battles) ->
                histogram.add(
                        new Fields.Builder()
                                .number("turns", taken)
                                .number("battles", battles.intValue())
                                .build()));
        return new Fields.Builder()
                .number("count", turns.size())
                .number("min", RunFigures.percentile(turns, 0))
                .number("median", RunFigures.percentile(turns, 50))
                .number("p90", RunFigures.percentile(turns, 90))
                .number("max", RunFigures.percentile(turns, 100))
                .parts("histogram", histogram)
                .build();
    }

    private static Fields latencies(List<Long> values) {
        return new Fields.Builder()
                .number("count", values.size())
                .number("p50", RunFigures.percentile(values, 50))
                .number("p90", RunFigures.percentile(values, 90))
                .number("p95", RunFigures.percentile(values, 95))
                .number("p99", RunFigures.percentile(values, 99))
                .number("max", RunFigures.percentile(values, 100))
                .build();
    }

    private static Fields usage(List<RunEvent.Result> results) {
        Spend agent = Spend.NOTHING;
        Spend opponent = Spend.NOTHING;
        Spend fast = Spend.NOTHING;
        Spend strong = Spend.NOTHING;
        BigDecimal unsettled = null;
        for (RunEvent.Result result : results) {
            Spend ofStrong = result.strong() == null ? Spend.NOTHING : result.strong();
            agent = agent.plus(result.agent());
            opponent = opponent.plus(result.opponent());
            fast = fast.plus(result.judge().minus(ofStrong));
            strong = strong.plus(ofStrong);
            if (result.unsettledUsd() != null) {
                unsettled =
                        unsettled == null
                                ? result.unsettledUsd()
                                : unsettled.add(result.unsettledUsd());
            }
        }
        return agent.plus(opponent)
                .plus(fast)
                .plus(strong)
                .sum()
                .and(
                        new Fields.Builder()
                                .money("unsettledUsd", InRange.moneyOrNull(unsettled))
                                .part("byRole.agent", agent.fields())
                                .part("byRole.opponent", opponent.fields())
                                .part("byRole.fastJudge", fast.fields())
                                .part("byRole.strongJudge", strong.fields())
                                .build());
    }

    private List<Fields> variants(RunEvent.Asked request) {
        List<Fields> all = new ArrayList<>();
        List<RunEvent.Variant> variants = request.variants();
        for (int place = 0; place < variants.size(); place++) {
            RunEvent.Variant variant = variants.get(place);
            List<RunEvent.Result> results = results(place, variants.size());
            all.add(
                    new Fields.Builder()
                            .text("name", variant.name())
                            .text(
                                    "model",
                                    variant.model().isEmpty() ? request.model() : variant.model())
                            .number(
                                    "medianTurnsToGoal",
                                    RunFigures.percentile(turnsOfGoals(results), 50))
                            .money(
                                    "costUsd",
                                    results.stream()
                                            .map(RunEvent.Result::total)
                                            .reduce(Spend.NOTHING, Spend::plus)
                                            .costUsd())
                            .build()
                            .and(rate(results)));
        }
        return all;
    }

    private List<RunEvent.Result> results(int place, int variants) {
        List<RunEvent.Result> results = new ArrayList<>();
        for (Member member : members.values()) {
            if (member.result() != null && (member.index() - 1) % variants == place) {
                results.add(member.result());
            }
        }
        return results;
    }
}
