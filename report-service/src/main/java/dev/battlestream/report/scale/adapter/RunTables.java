package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.adapter.Spelling;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.MemberResult;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunReport;
import dev.battlestream.report.scale.RunSpecification;
import dev.battlestream.report.scale.adapter.Markup.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of the page: ends, battles, and what was asked for. */
final class RunTables {

    private RunTables() {}

    static String ends(RunReport report) {
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

    static String battles(RunReport report) {
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
                : Markup.region(
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

    static String sources(RunReport report) {
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
                        report.asOf().stream().map(RunTables::cells).toList())
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
                + Markup.term("Model", Legible.model(asked.model()))
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
}
