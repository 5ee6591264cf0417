package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Used;
import dev.battlestream.report.battle.adapter.Spelling;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What writing and reading the tables have in common. */
final class Rows {

    private Rows() {}

    /** The values of a row. */
    static List<@Nullable Object> row(@Nullable Object... values) {
        List<@Nullable Object> row = new ArrayList<>();
        Collections.addAll(row, values);
        return row;
    }

    /** The values of {@link Columns#USED}. */
    static List<@Nullable Object> used(Used used) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Spent spent :
                Arrays.<@Nullable Spent>asList(
                        used.agent(), used.opponent(), used.judge(), used.strongJudge())) {
            Collections.addAll(
                    values,
                    spent == null ? null : spent.calls(),
                    spent == null ? null : spent.tokensIn(),
                    spent == null ? null : spent.tokensOut(),
                    spent == null ? null : spent.costUsd());
        }
        return values;
    }

    /** Reads {@link Columns#USED}. */
    static Used used(ResultSet row) throws SQLException {
        return new Used(
                spent(row, "agent"),
                spent(row, "opponent"),
                spent(row, "judge"),
                row.getBigDecimal("strong_judge_cost_usd") == null
                        ? null
                        : spent(row, "strong_judge"));
    }

    private static Spent spent(ResultSet row, String role) throws SQLException {
        return new Spent(
                row.getInt(role + "_calls"),
                row.getLong(role + "_tokens_in"),
                row.getLong(role + "_tokens_out"),
                row.getBigDecimal(role + "_cost_usd"));
    }

    /** Reads what failed; null when nothing did. */
    static @Nullable Failure failure(ResultSet row) throws SQLException {
        String cause = row.getString("failure_class");
        String detail = row.getString("failure_detail");
        return cause == null
                ? null
                : new Failure(Failure.Cause.valueOf(constant(cause)), detail == null ? "" : detail);
    }

    /** The name of a constant that is spelled as in the API. */
    static String constant(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    /** How a cause is written; null for null. */
    static @Nullable String cause(@Nullable Failure failure) {
        return failure == null ? null : Spelling.name(failure.cause());
    }

    static @Nullable Double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    /** Adds a condition if there is a value for it. */
    static void restrict(
            StringBuilder where,
            List<@Nullable Object> values,
            String condition,
            @Nullable Object value) {
        if (value != null) {
            where.append(" AND ").append(condition);
            values.add(value);
        }
    }

    static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    static Instant required(ResultSet row, String column) throws SQLException {
        Instant at = time(row, column);
        if (at == null) {
            throw new IllegalStateException("the table has a row without " + column);
        }
        return at;
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
