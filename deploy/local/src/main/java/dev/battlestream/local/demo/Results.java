package dev.battlestream.local.demo;

import dev.battlestream.local.battles.BattleStatus;
import dev.battlestream.local.text.Table;
import java.util.ArrayList;
import java.util.List;

/** The demonstration's last word: a table and what follows from it. */
public final class Results {

    /**
     * One battle.
     *
     * @param broken what was not as promised
     */
    public record Row(Scenario scenario, Observation seen, List<String> broken) {
        public Row {
            broken = List.copyOf(broken);
        }
    }

    private static final List<String> HEADER =
            List.of(
                    "battle",
                    "model",
                    "ended",
                    "turns",
                    "messages",
                    "tokens in/out",
                    "cost USD",
                    "calls",
                    "retries",
                    "repeated",
                    "as promised");

    private Results() {}

    /** One row for each battle; calls are counted by the model itself. */
    public static Table table(List<Row> rows) {
        return new Table(HEADER, rows.stream().map(Results::cells).toList());
    }

    /** What was broken, or that nothing was. */
    public static List<String> conclusion(List<Row> rows) {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            for (String broken : row.broken()) {
                lines.add("✗ %s: %s".formatted(row.scenario().model(), broken));
            }
        }
        if (lines.isEmpty()) {
            int repeated = rows.stream().mapToInt(row -> row.seen().repeated()).sum();
            lines.add(
                    "✓ Every battle ended as it must, with no gap and no repeat. The kill cost "
                            + switch (repeated) {
                                case 0 -> "no model call.";
                                case 1 -> "1 model call that was in flight.";
                                default -> repeated + " model calls that were in flight.";
                            });
        }
        return lines;
    }

    private static List<String> cells(Row row) {
        BattleStatus status = row.seen().status();
        String reason = status.endedReason() == null ? "not ended" : status.endedReason();
        return List.of(
                row.scenario().title(),
                row.scenario().model(),
                status.failureClass() == null ? reason : reason + "/" + status.failureClass(),
                Integer.toString(status.turn()),
                Integer.toString(status.messageCount()),
                status.tokensIn() + "/" + status.tokensOut(),
                status.costUsd().toPlainString(),
                Integer.toString(row.seen().calls().size()),
                Integer.toString(row.seen().retries()),
                Integer.toString(row.seen().repeated()),
                row.broken().isEmpty() ? "yes" : "NO");
    }
}
