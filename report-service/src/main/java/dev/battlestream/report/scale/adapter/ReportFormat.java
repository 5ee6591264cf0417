package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.adapter.InvalidRequestException;
import dev.battlestream.report.battle.adapter.Spelling;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** In which form a report is told. */
enum ReportFormat {
    /** All of it, for programs. */
    JSON,
    /** All of it, as one page that stands alone. */
    HTML,
    /** The table of its members. */
    CSV;

    /**
     * The format of this name.
     *
     * @throws InvalidRequestException if there is none
     */
    static ReportFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> Spelling.name(format).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidRequestException(
                                Map.of(
                                        "format",
                                        "format is one of "
                                                + Arrays.stream(values())
                                                        .map(Spelling::name)
                                                        .collect(Collectors.joining(", ")))));
    }
}
