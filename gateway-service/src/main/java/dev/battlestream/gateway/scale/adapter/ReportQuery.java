package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.gateway.exchange.RequestProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which report is asked for.
 *
 * @param partial whether it may be one of a run that goes on
 */
record ReportQuery(Format format, boolean partial) {

    enum Format {
        JSON,
        HTML,
        CSV
    }

    /**
     * Reads query parameters.
     *
     * @throws RequestProblem that tells all that is wrong with them
     */
    static ReportQuery read(@Nullable String format, @Nullable String partial) {
        List<FieldError> errors = new ArrayList<>();
        ReportQuery query = new ReportQuery(format(format, errors), partial(partial, errors));
        if (!errors.isEmpty()) {
            throw RequestProblem.invalid(errors);
        }
        return query;
    }

    private static Format format(@Nullable String text, List<FieldError> errors) {
        return switch (text) {
            case null -> Format.JSON;
            case "json" -> Format.JSON;
            case "html" -> Format.HTML;
            case "csv" -> Format.CSV;
            default -> {
                errors.add(new FieldError("format", "must be one of json, html, csv"));
                yield Format.JSON;
            }
        };
    }

    private static boolean partial(@Nullable String text, List<FieldError> errors) {
        return switch (text) {
            case null -> false;
            case "false" -> false;
            case "true" -> true;
            default -> {
                errors.add(new FieldError("partial", "must be true or false"));
                yield false;
            }
        };
    }
}
