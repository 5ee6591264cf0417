package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.ListForm;
import dev.battlestream.report.archive.ListQuery;
import dev.battlestream.report.battle.adapter.InvalidRequestException;
import dev.battlestream.report.battle.adapter.OutageException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** How lists are asked for and answered. */
final class Lists {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private Lists() {}

    /**
     * The query that a form asks for.
     *
     * @throws InvalidRequestException with all that is wrong with it
     */
    static ListQuery query(ListForm form) {
        return switch (form.read()) {
            case ListForm.Reading.Query(var query) -> query;
            case ListForm.Reading.Refused(var faults) -> {
                Map<String, String> byField = new LinkedHashMap<>();
                faults.forEach(fault -> byField.put(fault.field(), fault.message()));
                throw new InvalidRequestException(byField);
            }
        };
    }

    /**
     * What the archive answers.
     *
     * @throws OutageException if it does not
     */
    static <T extends @Nullable Object> T answer(Supplier<T> question) {
        try {
            return question.get();
        } catch (DataAccessException e) {
            throw new OutageException(
                    "archive_unavailable",
                    "the archive does not answer; battles go on meanwhile",
                    RETRY_AFTER,
                    e);
        }
    }
}
