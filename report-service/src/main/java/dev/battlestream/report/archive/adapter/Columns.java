package dev.battlestream.report.archive.adapter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The columns of a table that are written, in their order.
 *
 * @param names of the columns
 * @param places what stands for a value of each, with a cast where the driver needs one
 */
record Columns(List<String> names, List<String> places) {

    /** What all roles have used, in the order of {@link Rows#used}. */
    static final String USED =
            List.of("agent", "opponent", "judge", "strong_judge").stream()
                    .map(role ->
                            "%1$s_calls, %1$s_tokens_in, %1$s_tokens_out, %1$s_cost_usd"
                                    .formatted(role))
                    .collect(Collectors.joining(", "));

    /**
     * Reads columns as they are written in SQL.
     *
     * @param list names with commas between them; a cast stands behind a name, as in {@code
     *     labels::jsonb}
     */
    static Columns of(String list) {
        List<String> names = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (String column : list.split(",\\s*", -1)) {
            int cast = column.indexOf("::");
            names.add(cast < 0 ? column : column.substring(0, cast));
            places.add(cast < 0 ? "?" : "?" + column.substring(cast));
        }
        return new Columns(List.copyOf(names), List.copyOf(places));
    }

    /**
     * Writes rows in one statement.
     *
     * @param statement with a place for the columns and one for the rows
     * @param rows values of each row, in the order of the columns
     * @return how many rows were taken
     */
    int insert(JdbcClient sql, String statement, List<? extends List<@Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return 0;
        }
        String row = "(" + String.join(", ", places) + ")";
        List<@Nullable Object> values = new ArrayList<>();
        for (List<@Nullable Object> each : rows) {
            if (each.size() != names.size()) {
                throw new IllegalArgumentException(
                        "%d values for %d columns".formatted(each.size(), names.size()));
            }
            values.addAll(each);
        }
        return sql.sql(
                        statement.formatted(
                                String.join(", ", names),
                                String.join(", ", Collections.nCopies(rows.size(), row))))
                .params(values)
                .update();
    }

    /** The assignment of all columns from the row that was to be inserted, but for some. */
    String assignmentBut(String... some) {
        List<String> others = Arrays.asList(some);
        List<String> assigned = names.stream().filter(name -> !others.contains(name)).toList();
        return "(%s) = (%s)"
                .formatted(
                        String.join(", ", assigned),
                        assigned.stream()
                                .map("EXCLUDED."::concat)
                                .collect(Collectors.joining(", ")));
    }
}
