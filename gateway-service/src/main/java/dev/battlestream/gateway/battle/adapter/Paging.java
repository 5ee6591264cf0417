package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.gateway.exchange.RequestProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param since the number behind which it begins, 0 for the begin
 * @param limit how many at most, 1 to 200
 */
record Paging(int since, int limit) {

    private static final int MAX_LIMIT = 200;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_NUMBER = 1_000_000;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,7}");

    /**
     * Reads query parameters, and tells all that is wrong with them.
     *
     * @param sinceName the parameter that holds the number to begin behind
     * @param page a page number from 1, instead of a number to begin behind
     */
    static Paging read(
            String sinceName,
            @Nullable String since,
            @Nullable String page,
            @Nullable String limit) {
        List<FieldError> errors = new ArrayList<>();
        int size = number("limit", limit, 1, MAX_LIMIT, DEFAULT_LIMIT, errors);
        int behind = number(sinceName, since, 0, MAX_NUMBER, 0, errors);
        int number = number("page", page, 1, MAX_NUMBER / MAX_LIMIT, 1, errors);
        if (since != null && page != null) {
            errors.add(new FieldError("page", "cannot be given together with " + sinceName));
        }
        if (!errors.isEmpty()) {
            throw RequestProblem.invalid(errors);
        }
        return new Paging(page == null ? behind : (number - 1) * size, size);
    }

    private static int number(
            String name,
            @Nullable String text,
            int from,
            int to,
            int otherwise,
            List<FieldError> errors) {
        if (text == null) {
            return otherwise;
        }
        if (DIGITS.matcher(text).matches()) {
            int value = Integer.parseInt(text);
            if (value >= from && value <= to) {
                return value;
            }
        }
        errors.add(new FieldError(name, "must be a whole number, %d to %d".formatted(from, to)));
        return otherwise;
    }
}
