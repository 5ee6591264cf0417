package dev.battlestream.local.battles;

import dev.battlestream.local.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A battle's events as lines for people. */
public final class Lines {

    private static final int WIDTH = 90;

    private Lines() {}

    /** A message that was played. */
    public static String of(Message message) {
        return "%4d  %-9s %s  (%s, %d ms)"
                .formatted(
                        message.seq(),
                        message.role(),
                        Figures.oneLine(message.content(), WIDTH),
                        message.model(),
                        message.latencyMs());
    }

    /** A decision of the judge. */
    public static String of(Verdict verdict) {
        return "      judge     turn %d: %s (%s, %s)%s  %s"
                .formatted(
                        verdict.turn(),
                        verdict.verdict(),
                        verdict.decidedBy(),
                        String.format(Locale.ROOT, "%.2f", verdict.confidence()),
                        progress(verdict.progress()),
                        Figures.oneLine(verdict.reason(), WIDTH))
                .stripTrailing();
    }

    private static String progress(@Nullable Double progress) {
        return progress == null ? "" : String.format(Locale.ROOT, " at %.0f %%", 100 * progress);
    }

    /** What a battle costs at most, in US dollars as text; capped is what a budget leaves of it. */
    public static List<String> estimate(
            String agent,
            String opponent,
            String fastJudge,
            String strongJudge,
            String total,
            String capped) {
        List<String> lines = new ArrayList<>();
        lines.add("worst case   USD");
        lines.add("agent        " + agent);
        lines.add("opponent     " + opponent);
        lines.add("fast judge   " + fastJudge);
        lines.add("strong judge " + strongJudge);
        lines.add("total        " + total);
        if (!capped.equals(total)) {
            lines.add("with budget  " + capped);
        }
        return lines;
    }

    /** How a battle is doing, or how it ended. */
    public static String of(BattleStatus status) {
        StringBuilder line = new StringBuilder(status.state());
        if (status.hasEnded()) {
            line.append(", reason ").append(status.endedReason());
        }
        line.append(
                ": %d turns, %d messages, %d tokens in, %d out, %s USD"
                        .formatted(
                                status.turn(),
                                status.messageCount(),
                                status.tokensIn(),
                                status.tokensOut(),
                                status.costUsd().toPlainString()));
        if (status.nextCallUsd() != null) {
            line.append("; the next call could have cost ")
                    .append(status.nextCallUsd().toPlainString())
                    .append(" USD");
        }
        if (status.failureClass() != null) {
            line.append("; failure of class ").append(status.failureClass());
        }
        if (status.failureDetail() != null) {
            line.append(": ").append(Figures.oneLine(status.failureDetail(), WIDTH));
        }
        return line.toString();
    }
}
