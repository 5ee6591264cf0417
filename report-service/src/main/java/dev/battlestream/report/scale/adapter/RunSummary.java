package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.adapter.Spelling;
import dev.battlestream.report.scale.RunReport;
import dev.battlestream.report.scale.RunReport.SuccessRate;
import dev.battlestream.report.scale.WilsonInterval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The first lines of the page: how the run went as a whole. */
final class RunSummary {

    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private RunSummary() {}

    static String of(RunReport report) {
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
}
