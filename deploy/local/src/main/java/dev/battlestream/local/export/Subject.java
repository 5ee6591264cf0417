package dev.battlestream.local.export;

import java.util.Locale;

/** What is exported: one view of the schema {@code analytics}. */
public enum Subject {
    BATTLES("battles", "created_at"),
    MESSAGES("messages", "produced_at"),
    DECISIONS("judge_decisions", "issued_at"),
    RUNS("scale_runs", "created_at"),
    MEMBERS("scale_run_members", "launched_at");

    private final String view;
    private final String time;

    Subject(String view, String time) {
        this.view = view;
        this.time = time;
    }

    /**
     * The rows of a period, in no order: the first comes at once, and nobody sorts what may be more
     * than fits.
     */
    public String query(Period period) {
        StringBuilder query = new StringBuilder("SELECT * FROM analytics.").append(view);
        String word = " WHERE ";
        if (period.from() != null) {
            query.append(word).append(time).append(" >= '").append(period.from()).append('\'');
            word = " AND ";
        }
        if (period.to() != null) {
            query.append(word).append(time).append(" < '").append(period.to()).append('\'');
        }
        return query.toString();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
