package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.scale.RunReport;
import dev.battlestream.report.scale.RunReport.Latencies;
import dev.battlestream.report.scale.RunReport.SuccessRate;
import dev.battlestream.report.scale.RunReport.TurnsToGoal;
import dev.battlestream.report.scale.RunReport.VariantResult;
import dev.battlestream.report.scale.WilsonInterval;
import dev.battlestream.report.scale.adapter.Markup.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The pictures of the page, each with its numbers to read. */
final class RunFigures {

    private RunFigures() {}

    static String turnsAndTime(RunReport report) {
        return "<div class=\"pair\">\n"
                + turnsToGoal(report.turnsToGoal())
                + latencies("latency", "Latency of a turn", "turns", report.turnLatencyMs())
                + latencies(
                        "duration", "Duration of a battle", "battles", report.battleDurationMs())
                + "</div>\n";
    }

    private static String turnsToGoal(TurnsToGoal turns) {
        if (turns.count() == 0) {
            return Markup.figure("Turns to the goal", "<p>No battle has reached its goal.</p>\n");
        }
        String numbers =
                Markup.table(
                                "Battles by their turns to the goal",
                                List.of(Column.number("Turns"), Column.number("Battles")),
                                turns.histogram().stream()
                                        .map(bin ->
                                                List.of(
                                                        Long.toString(bin.turns()),
                                                        Integer.toString(bin.battles())))
                                        .toList())
                        + "<p class=\"quiet\">Least %s, median %s, p90 %s, most %s.</p>\n"
                                .formatted(
                                        Legible.number(turns.min()),
                                        Legible.number(turns.median()),
                                        Legible.number(turns.p90()),
                                        Legible.number(turns.max()));
        return Markup.figure(
                "Turns to the goal",
                Plot.columns("turns", "Battles by their turns to the goal", turns.histogram())
                        + Markup.numbersOf("turns to the goal", numbers));
    }

    private static String latencies(String id, String title, String what, Latencies latencies) {
        if (latencies.count() == 0) {
            return Markup.figure(title, "<p>No battle has ended.</p>\n");
        }
        Map<String, @Nullable Long> values = new LinkedHashMap<>();
        values.put("p50", latencies.p50());
        values.put("p90", latencies.p90());
        values.put("p95", latencies.p95());
        values.put("p99", latencies.p99());
        values.put("max", latencies.max());
        List<Plot.Bar> bars = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        values.forEach((name, ms) -> {
            bars.add(new Plot.Bar(name, ms == null ? 0 : ms, Legible.duration(ms)));
            rows.add(List.of(name, Legible.number(ms)));
        });
        String caption = "%s, of %d %s".formatted(title, latencies.count(), what);
        return Markup.figure(
                title,
                Plot.bars(id, title, bars)
                        + Markup.numbersOf(
                                title.toLowerCase(Locale.ROOT),
                                Markup.table(
                                        caption,
                                        List.of(
                                                Column.text("Percentile"),
                                                Column.number("Milliseconds")),
                                        rows)));
    }

    static String variants(RunReport report) {
        if (report.variants().isEmpty()) {
            return "";
        }
        List<Plot.Share> shares =
                report.variants().stream().map(RunFigures::share).filter(Objects::nonNull).toList();
        String picture =
                shares.isEmpty()
                        ? ""
                        : Markup.figure(
                                "Success rate by variant",
                                Plot.shares("rates", "Success rate by variant", shares));
        List<Column> columns =
                List.of(
                        Column.text("Variant"),
                        Column.number("Goals"),
                        Column.number("Ended"),
                        Column.number("Success rate"),
                        Column.number("Interval"),
                        Column.number("Median turns to goal"),
                        Column.number("Cost"),
                        Column.text("Model"));
        return picture
                + Markup.region(
                        "Variants compared",
                        Markup.table(
                                "Variants compared",
                                columns,
                                report.variants().stream().map(RunFigures::cells).toList()));
    }

    private static Plot.@Nullable Share share(VariantResult variant) {
        SuccessRate rate = variant.successRate();
        Double value = rate.value();
        WilsonInterval interval = rate.interval();
        return value == null || interval == null
                ? null
                : new Plot.Share(
                        variant.name(),
                        value,
                        interval.low(),
                        interval.high(),
                        "%d of %d".formatted(rate.goals(), rate.completed()));
    }

    private static List<String> cells(VariantResult variant) {
        SuccessRate rate = variant.successRate();
        Double value = rate.value();
        WilsonInterval interval = rate.interval();
        return List.of(
                variant.name(),
                Integer.toString(rate.goals()),
                Integer.toString(rate.completed()),
                value == null ? Legible.NONE : Legible.percent(value),
                interval == null
                        ? Legible.NONE
                        : Legible.percent(interval.low())
                                + " to "
                                + Legible.percent(interval.high()),
                Legible.number(variant.medianTurnsToGoal()),
                Legible.usd(variant.costUsd()),
                Legible.model(variant.model()));
    }

    static String cost(RunReport report) {
        Map<String, Spent> roles = new LinkedHashMap<>();
        roles.put("Agent", report.usage().agent());
        roles.put("Opponent", report.usage().opponent());
        roles.put("Fast judge", report.usage().fastJudge());
        roles.put("Strong judge", report.usage().strongJudge());
        List<Plot.Bar> bars = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        roles.forEach((role, spent) -> {
            bars.add(
                    new Plot.Bar(
                            role, spent.costUsd().doubleValue(), Legible.usd(spent.costUsd())));
            rows.add(usage(role, spent));
        });
        rows.add(usage("All", report.usage().total()));
        return "<div class=\"pair\">\n"
                + Markup.figure("Cost by role", Plot.bars("roles", "Cost by role", bars))
                + Markup.region(
                        "Use by role",
                        Markup.table(
                                "Use by role",
                                List.of(
                                        Column.text("Role"),
                                        Column.number("Cost"),
                                        Column.number("Calls"),
                                        Column.number("Tokens in"),
                                        Column.number("Tokens out")),
                                rows))
                + "</div>\n";
    }

    private static List<String> usage(String role, Spent spent) {
        return List.of(
                role,
                Legible.usd(spent.costUsd()),
                Integer.toString(spent.calls()),
                Long.toString(spent.tokensIn()),
                Long.toString(spent.tokensOut()));
    }
}
