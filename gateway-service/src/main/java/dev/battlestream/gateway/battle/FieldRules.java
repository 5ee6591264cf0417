package dev.battlestream.gateway.battle;

import dev.battlestream.gateway.exchange.FieldError;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules that many fields have in common; each tells what is wrong, or nothing. */
public final class FieldRules {

    /** What the runner takes at most. */
    private static final BigDecimal MOST_USD = BigDecimal.valueOf(1_000_000);

    private static final Pattern MODEL =
            Pattern.compile("[!-~&&[^:\"\\\\]]{1,200}:[!-~&&[^\"\\\\]]{1,200}");

    private FieldRules() {}

    /** A whole number from 1 on. */
    public static Stream<FieldError> within(String field, int value, int most) {
        return value >= 1 && value <= most
                ? Stream.empty()
                : Stream.of(new FieldError(field, "must be 1 to %d".formatted(most)));
    }

    /** A text that may be empty. */
    public static Stream<FieldError> atMost(String field, String text, int length) {
        return text.length() <= length
                ? Stream.empty()
                : Stream.of(
                        new FieldError(field, "must have at most %d characters".formatted(length)));
    }

    /** A text that must not be. */
    public static Stream<FieldError> filled(String field, String text, int length) {
        return text.isEmpty() || text.length() > length
                ? Stream.of(new FieldError(field, "must have 1 to %d characters".formatted(length)))
                : Stream.empty();
    }

    /** A text that somebody says: neither empty nor blank. */
    static Stream<FieldError> said(String field, String text, int length) {
        return !text.isEmpty() && text.isBlank()
                ? Stream.of(new FieldError(field, "must not be blank"))
                : filled(field, text, length);
    }

    /** A reference of a model; the empty one stands for a default. */
    public static Stream<FieldError> model(String field, String model) {
        return model.isEmpty() || MODEL.matcher(model).matches()
                ? Stream.empty()
                : Stream.of(
                        new FieldError(
                                field,
                                "must be written provider:name, for example openai:gpt-4o-mini"));
    }

    /** A sampling temperature. */
    public static Stream<FieldError> temperature(String field, Optional<Double> temperature) {
        return temperature.stream()
                .filter(t -> !(t >= 0 && t <= 2))
                .map(_ -> new FieldError(field, "must be 0 to 2"));
    }

    /** What something may cost at most, in US dollars. */
    public static Stream<FieldError> budget(String field, Optional<BigDecimal> budgetUsd) {
        return budgetUsd.stream()
                .filter(usd -> usd.signum() <= 0 || usd.compareTo(MOST_USD) > 0)
                .map(_ -> new FieldError(field, "must be more than 0, at most " + MOST_USD));
    }

    /** The field {@code labels}. */
    public static Stream<FieldError> labels(Map<String, String> labels, Caps caps) {
        return labels.entrySet().stream().flatMap(label -> label(label, caps.labelLength()));
    }

    private static Stream<FieldError> label(Map.Entry<String, String> label, int length) {
        String field = "labels." + Fields.shown(label.getKey());
        return Stream.concat(
                label.getKey().isEmpty() || label.getKey().length() > length
                        ? Stream.of(
                                new FieldError(
                                        field,
                                        "must have a name of 1 to %d characters".formatted(length)))
                        : Stream.empty(),
                atMost(field, label.getValue(), length));
    }
}
