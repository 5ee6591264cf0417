package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.adapter.Spelling;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.MemberResult;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunReport;
import dev.battlestream.report.scale.RunReport.Latencies;
import dev.battlestream.report.scale.RunReport.SuccessRate;
import dev.battlestream.report.scale.RunReport.TurnsToGoal;
import dev.battlestream.report.scale.RunReport.VariantResult;
import dev.battlestream.report.scale.RunSpecification;
import dev.battlestream.report.scale.WilsonInterval;
import dev.battlestream.report.scale.adapter.Markup.Column;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The report of a run as one page that stands alone: it loads nothing and runs nothing, and its
 * policy forbids both. What it says follows from the report only.
 */
final class RunHtml {

    private static final String STYLE = resource("/run-report.css");

    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private RunHtml() {}

    static String render(RunReport report) {
        RunSpecification specification = report.specification();
        String heading =
                specification == null ? "Scale run" : "Scale run of " + specification.agentId();
        return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" \
        content="default-src 'none'; style-src 'unsafe-inline'">
        <title>%s (%s)</title>
        <style>
        %s</style>
        </head>
        <body>
        <header>
        <h1>%s</h1>
        <p class="quiet">Run <code>%s</code></p>
        %s</header>
        <main>
        %s</main>
        <footer>
        <p>Percentiles are exact, by nearest rank. Intervals are Wilson score intervals at \
        %s confidence. Times are UTC.</p>
        </footer>
        </body>
        </html>
        """
                .formatted(
                        Markup.text(heading),
                        Markup.text(report.runId()),
                        STYLE,
                        Markup.text(heading),
                        Markup.text(report.runId()),
                        notes(report),
                        main(report),
                        Legible.percent(WilsonInterval.CONFIDENCE));
    }

    private static String main(RunReport report) {
        return Stream.of(
                        section("summary", "Summary", summary(report)),
                        section("goals", "Turns and time", turnsAndTime(report)),
                        section("variants", "Variants", variants(report)),
                        section("cost", "Cost", cost(report)),
                        section("ends", "How battles ended", ends(report)),
                        section("battles", "Battles", battles(report)),
                        section("sources", "Specification and sources", sources(report)))
                .collect(Collectors.joining());
    }

    /** Nothing where there is nothing to say. */
    private static String section(String id, String heading, String content) {
        return content.isEmpty()
                ? ""
                : """
                <section aria-labelledby="%s">
                <h2 id="%s">%s</h2>
                %s</section>
                """
                        .formatted(id, id, Markup.text(heading), content);
    }

    private static String notes(RunReport report) {
        StringBuilder notes = new StringBuilder();
        if (!report.complete()) {
            notes.append(
                    "<p class=\"note\">Partial: %d of %d battles have ended; these figures may still change.</p>\n"
                            .formatted(report.completed(), report.total()));
        }
        Failure failure = report.failure();
        if (failure != null) {
            notes.append(
                    "<p class=\"note\">Failed (%s): %s</p>\n"
                            .formatted(
                                    Spelling.name(failure.cause()), Markup.text(failure.detail())));
        }
        return notes.toString();
    }

    private static String summary(RunReport report) {
        SuccessRate rate = report.successRate();
        Double value = rate.value();
        return "<dl class=\"facts\">\n"
                + fact(
                        "Success rate",
                        value == null ? Legible.NONE : Legible.percent(value),
                        interval(rate))
                + fact(
                        "Goals reached",
                        Integer.toString(rate.goals()),
                        "of %d ended, %d launched, %d asked for"
                                .formatted(report.completed(), report.launched(), report.total()))
                + fact("Cost", Legible.usd(report.usage().total().costUsd()), unsettled(report))
                + fact("Wall time", Legible.duration(wallTimeMs(report)), times(report))
                + fact("State", Spelling.name(report.state()), endedReason(report))
                + "</dl>\n";
    }

    /** The comment is markup: numbers and words of ours, nobody's text. */
    private static String fact(String name, String value, String comment) {
        return "<div><dt>%s</dt><dd>%s</dd><dd>%s</dd></div>\n"
                .formatted(Markup.text(name), Markup.text(value), comment);
    }

    private static String interval(SuccessRate rate) {
        WilsonInterval interval = rate.interval();
        return interval == null
                ? "no battle has ended"
                : "%s interval %s to %s"
                        .formatted(
                                Legible.percent(WilsonInterval.CONFIDENCE),
                                Legible.percent(interval.low()),
                                Legible.percent(interval.high()));
    }

    private static String unsettled(RunReport report) {
        BigDecimal unsettled = report.usage().unsettledUsd();
        return unsettled == null
                ? "nothing unsettled"
                : "at most %s more may be billed".formatted(Legible.usd(unsettled));
    }

    private static @Nullable Long wallTimeMs(RunReport report) {
        return report.startedAt() == null || report.endedAt() == null
                ? null
                : Math.max(0, Duration.between(report.startedAt(), report.endedAt()).toMillis());
    }

    private static String times(RunReport report) {
        if (report.startedAt() == null) {
            return "not started";
        }
        String started = time(report.startedAt());
        return report.endedAt() == null
                ? "since " + started
                : started + " to " + time(report.endedAt());
    }

    /** To the second, in one piece. */
    private static String time(Instant at) {
        return "<time datetime=\"%s\">%s</time>"
                .formatted(at, DAY_AND_TIME.format(at.atOffset(ZoneOffset.UTC)));
    }

    private static String endedReason(RunReport report) {
        return report.endedReason() == null
                ? "not ended"
                : "ended: " + Spelling.name(report.endedReason());
    }

    private static String turnsAndTime(RunReport report) {
        return "<div class=\"pair\">\n"
                + turnsToGoal(report.turnsToGoal())
                + latencies("latency", "Latency of a turn", "turns", report.turnLatencyMs())
                + latencies(
                        "duration", "Duration of a battle", "battles", report.battleDurationMs())
                + "</div>\n";
    }

    private static String turnsToGoal(TurnsToGoal turns) {
        if (turns.count() == 0) {
            return figure("Turns to the goal", "<p>No battle has reached its goal.</p>\n");
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
        return figure(
                "Turns to the goal",
                Plot.columns("turns", "Battles by their turns to the goal", turns.histogram())
                        + numbersOf("turns to the goal", numbers));
    }

    private static String latencies(String id, String title, String what, Latencies latencies) {
        if (latencies.count() == 0) {
            return figure(title, "<p>No battle has ended.</p>\n");
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
        return figure(
                title,
                Plot.bars(id, title, bars)
                        + numbersOf(
                                title.toLowerCase(Locale.ROOT),
                                Markup.table(
                                        caption,
                                        List.of(
                                                Column.text("Percentile"),
                                                Column.number("Milliseconds")),
                                        rows)));
    }

    private static String figure(String caption, String content) {
        return "<figure><figcaption>%s</figcaption>\n%s</figure>\n"
                .formatted(Markup.text(caption), content);
    }

    /** The same as a picture, to read. */
    private static String numbersOf(String what, String table) {
        return "<details><summary>Numbers: %s</summary>\n%s</details>\n"
                .formatted(Markup.text(what), table);
    }

    private static String variants(RunReport report) {
        if (report.variants().isEmpty()) {
            return "";
        }
        List<Plot.Share> shares =
                report.variants().stream().map(RunHtml::share).filter(Objects::nonNull).toList();
        String picture =
                shares.isEmpty()
                        ? ""
                        : figure(
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
                + region(
                        "Variants compared",
                        Markup.table(
                                "Variants compared",
                                columns,
                                report.variants().stream().map(RunHtml::cells).toList()));
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
                modelName(variant.model()));
    }

    private static String modelName(String model) {
        return model.isEmpty() ? "the default" : model;
    }

    private static String cost(RunReport report) {
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
                + figure("Cost by role", Plot.bars("roles", "Cost by role", bars))
                + region(
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

    private static String ends(RunReport report) {
        List<List<String>> reasons = new ArrayList<>();
        report.counts()
                .forEach((reason, count) ->
                        reasons.add(List.of(Spelling.name(reason), Integer.toString(count))));
        int known = report.counts().values().stream().mapToInt(Integer::intValue).sum();
        if (known < report.completed()) {
            reasons.add(
                    List.of(
                            Spelling.name(EndReason.UNKNOWN),
                            Integer.toString(report.completed() - known)));
        }
        List<List<String>> causes = new ArrayList<>();
        report.failures()
                .forEach((cause, count) ->
                        causes.add(List.of(Spelling.name(cause), Integer.toString(count))));
        return "<div class=\"pair\">\n"
                + Markup.table(
                        "Battles by end reason",
                        List.of(Column.text("Reason"), Column.number("Battles")),
                        reasons)
                + Markup.table(
                        "Battles with a failure by its class",
                        List.of(Column.text("Class"), Column.number("Battles")),
                        causes)
                + "</div>\n";
    }

    private static String battles(RunReport report) {
        boolean variants = !report.variants().isEmpty();
        List<Column> columns =
                new ArrayList<>(
                        List.of(
                                Column.number("No."),
                                Column.text("Ended by"),
                                Column.number("Turns"),
                                Column.number("Cost"),
                                Column.number("Duration")));
        if (variants) {
            columns.add(Column.text("Variant"));
        }
        columns.add(Column.text("Battle"));
        return report.members().isEmpty()
                ? "<p>No battle has been launched.</p>\n"
                : region(
                        "Battles of the run",
                        Markup.table(
                                "Battles of the run, in the order of their launch",
                                columns,
                                report.members().stream()
                                        .map(member ->
                                                cells(member, report.specification(), variants))
                                        .toList()));
    }

    private static List<String> cells(
            Member member, @Nullable RunSpecification specification, boolean variants) {
        MemberBody body = MemberBody.of(member, specification);
        MemberResult result = member.result();
        List<String> cells = new ArrayList<>();
        cells.add(Integer.toString(member.index()));
        cells.add(endedBy(body));
        cells.add(Legible.number(body.turns()));
        cells.add(result == null ? Legible.NONE : Legible.usd(result.used().total().costUsd()));
        cells.add(Legible.duration(body.durationMs()));
        if (variants) {
            cells.add(body.variant() == null ? Legible.NONE : body.variant());
        }
        cells.add(member.battleId());
        return cells;
    }

    private static String endedBy(MemberBody member) {
        if (member.reason() == null) {
            return member.state();
        }
        return member.failureClass() == null
                ? member.reason()
                : member.reason() + " (" + member.failureClass() + ")";
    }

    /** A table that may be wider than a phone: it is scrolled by itself, by keyboard as well. */
    private static String region(String label, String table) {
        return "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">\n%s</div>\n"
                .formatted(Markup.text(label), table);
    }

    private static String sources(RunReport report) {
        RunSpecification specification = report.specification();
        String asked =
                specification == null
                        ? "<p>The request of this run has not been seen.</p>\n"
                        : specification(specification);
        return "<details><summary>What was asked for, and up to where the log was read</summary>\n"
                + asked
                + Markup.table(
                        "Read up to, on the log",
                        List.of(
                                Column.text("Topic"),
                                Column.number("Partition"),
                                Column.number("Next offset")),
                        report.asOf().stream().map(RunHtml::cells).toList())
                + "</details>\n";
    }

    private static List<String> cells(Run.AsOf asOf) {
        return List.of(
                asOf.topic(), Integer.toString(asOf.partition()), Long.toString(asOf.offset()));
    }

    private static String specification(RunSpecification asked) {
        String variants =
                asked.variants().stream()
                        .map(variant ->
                                variant.model().isEmpty()
                                        ? variant.name()
                                        : variant.name() + " (" + variant.model() + ")")
                        .collect(Collectors.joining(", "));
        String labels =
                asked.labels().entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(", "));
        return "<dl class=\"terms\">\n"
                + Markup.term("Digest", asked.digest())
                + Markup.term("Agent", asked.agentId())
                + Markup.term("Model", modelName(asked.model()))
                + Markup.term("Messages of the agent at most", "" + asked.messageLimit())
                + Markup.term("Battles", "" + asked.runCount())
                + Markup.term("At once at most", "" + asked.concurrency())
                + Markup.term("Variants", variants.isEmpty() ? "none" : variants)
                + Markup.term("Seed", asked.seed() == null ? "none" : "" + asked.seed())
                + Markup.term(
                        "Budget",
                        asked.budgetUsd() == null ? "none" : Legible.usd(asked.budgetUsd()))
                + Markup.term("Time limit", Legible.duration(asked.timeout().toMillis()))
                + Markup.term("Labels", labels.isEmpty() ? "none" : labels)
                + "</dl>\n";
    }

    private static String resource(String name) {
        try (InputStream in = RunHtml.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
