package dev.battlestream.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.battlestream.policy.ValidatorSpec.Kind;
import dev.battlestream.policy.ValidatorSpec.NumberChoice;
import dev.battlestream.policy.ValidatorSpec.OnMismatch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules that validators must keep: at the edge, in the runner and before they are asked. What
 * keeps them all can be asked in a time that is bounded by the length of the message.
 */
public final class ValidatorRules {

    /** Characters of {@code equalTo}. */
    public static final int MAX_EQUAL_TO = 1_000;

    /** Characters that {@code min} and {@code max} of a length can speak of. */
    static final BigDecimal MAX_LENGTH = BigDecimal.valueOf(1_000_000);

    private static final int MAX_EQUAL_TO_NODES = 500;

    private static final java.util.regex.Pattern DECIMAL =
            java.util.regex.Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,18})?");

    private final int place;
    private final ValidatorSpec spec;
    private final List<Broken> broken;

    private ValidatorRules(int place, ValidatorSpec spec, List<Broken> broken) {
        this.place = place;
        this.spec = spec;
        this.broken = broken;
    }

    /**
     * A broken rule.
     *
     * @param place of the validator in its list, from 0; -1 for all together
     * @param field of the validator; empty for all together
     * @param rule what it breaks, to be read behind the field's name
     */
    public record Broken(int place, String field, String rule) {}

    /**
     * Every broken rule; empty if the validators can be asked.
     *
     * @param patternLength characters of a pattern at most
     */
    public static List<Broken> broken(List<ValidatorSpec> specs, int patternLength) {
        List<Broken> broken = new ArrayList<>();
        long expressions = 0;
        long parts = 0;
        for (int i = 0; i < specs.size(); i++) {
            JsonSchemaRules.Cost cost =
                    new ValidatorRules(i, specs.get(i), broken).check(patternLength);
            expressions += cost.expressions();
            parts += cost.parts();
        }
        if (!broken.isEmpty()) {
            return broken;
        }
        if (expressions > RegexCost.MAX_PER_POLICY) {
            broken.add(
                    new Broken(
                            -1,
                            "",
                            "have regular expressions that are too costly together: about %d steps, at most %d"
                                    .formatted(expressions, RegexCost.MAX_PER_POLICY)));
        }
        if (parts > JsonSchemaRules.MAX_PER_POLICY) {
            broken.add(
                    new Broken(
                            -1,
                            "",
                            "have JSON Schemas that are too costly together: about %d parts, at most %d"
                                    .formatted(parts, JsonSchemaRules.MAX_PER_POLICY)));
        }
        return broken;
    }

    private JsonSchemaRules.Cost check(int patternLength) {
        if (spec.onMismatch() != OnMismatch.NONE
                && spec.onMismatch().name().equals(spec.onMatch().name())) {
            wrong("onMismatch", "must not be the same as onMatch");
        }
        unused();
        return switch (spec.type()) {
            case REGEX -> pattern(patternLength) ? expression() : JsonSchemaRules.Cost.NONE;
            case CONTAINS, EQUALS -> {
                pattern(patternLength);
                yield JsonSchemaRules.Cost.NONE;
            }
            case JSON_SCHEMA -> schema();
            case NUMERIC_RANGE -> {
                spec.path().ifPresent(this::path);
                if (spec.path().isPresent() && spec.number() != NumberChoice.LAST) {
                    wrong("number", "does not go with a path");
                }
                range(false);
                yield JsonSchemaRules.Cost.NONE;
            }
            case JSON_PATH -> {
                if (spec.path().isEmpty()) {
                    wrong("path", "is missing");
                }
                spec.path().ifPresent(this::path);
                spec.equalTo().ifPresent(this::equalTo);
                yield JsonSchemaRules.Cost.NONE;
            }
            case LENGTH -> {
                range(true);
                yield JsonSchemaRules.Cost.NONE;
            }
            case UNKNOWN -> {
                wrong("type", "is unknown");
                yield JsonSchemaRules.Cost.NONE;
            }
        };
    }

    /** A field that its type does not look at was meant to do something: better to say so. */
    private void unused() {
        Kind type = spec.type();
        boolean byPattern = type == Kind.REGEX || type == Kind.CONTAINS || type == Kind.EQUALS;
        boolean byRange = type == Kind.NUMERIC_RANGE || type == Kind.LENGTH;
        unused("pattern", !spec.pattern().isEmpty(), byPattern);
        unused("schema", spec.jsonSchema().isPresent(), type == Kind.JSON_SCHEMA);
        unused(
                "path",
                spec.path().isPresent(),
                type == Kind.JSON_PATH || type == Kind.NUMERIC_RANGE);
        unused("equalTo", spec.equalTo().isPresent(), type == Kind.JSON_PATH);
        unused("number", spec.number() != NumberChoice.LAST, type == Kind.NUMERIC_RANGE);
        unused("min", spec.min().isPresent(), byRange);
        unused("max", spec.max().isPresent(), byRange);
    }

    private void unused(String field, boolean set, boolean used) {
        if (set && !used && spec.type() != Kind.UNKNOWN) {
            wrong(field, "does not go with this type");
        }
    }

    private boolean pattern(int most) {
        boolean fits = !spec.pattern().isEmpty() && spec.pattern().length() <= most;
        if (!fits) {
            wrong("pattern", "must have 1 to %d characters".formatted(most));
        }
        return fits;
    }

    private JsonSchemaRules.Cost expression() {
        // The cost goes first: to compile a costly pattern is what has to be avoided.
        long cost = RegexCost.of(spec.pattern());
        if (cost > RegexCost.MAX_PER_POLICY) {
            wrong("pattern", "repeats its parts too many times; use smaller counts");
            return JsonSchemaRules.Cost.NONE;
        }
        try {
            Pattern.compile(spec.pattern());
        } catch (PatternSyntaxException e) {
            wrong("pattern", "is no RE2 regular expression: " + e.getDescription());
        } catch (StackOverflowError _) {
            // The parser and the compiler descend into what is nested; nothing else is harmed.
            wrong("pattern", "is nested too deeply");
        }
        return new JsonSchemaRules.Cost(0, cost);
    }

    private JsonSchemaRules.Cost schema() {
        if (spec.jsonSchema().isEmpty()) {
            wrong("schema", "is missing");
            return JsonSchemaRules.Cost.NONE;
        }
        try {
            return JsonSchemaRules.cost(spec.jsonSchema().get());
        } catch (IllegalArgumentException e) {
            wrong("schema", String.valueOf(e.getMessage()));
            return JsonSchemaRules.Cost.NONE;
        }
    }

    private void path(String path) {
        try {
            JsonPath.parse(path);
        } catch (IllegalArgumentException e) {
            wrong("path", String.valueOf(e.getMessage()));
        }
    }

    private void equalTo(String text) {
        if (text.length() > MAX_EQUAL_TO) {
            wrong("equalTo", "must have at most %d characters".formatted(MAX_EQUAL_TO));
        } else if (!(BoundedJson.read(text, MAX_EQUAL_TO_NODES)
                instanceof BoundedJson.Reading.Value)) {
            wrong("equalTo", "is no JSON that can be compared");
        }
    }

    private void range(boolean whole) {
        if (spec.min().isEmpty() && spec.max().isEmpty()) {
            wrong("min", "or max must be set");
            return;
        }
        Optional<BigDecimal> min = spec.min().flatMap(text -> bound("min", text, whole));
        Optional<BigDecimal> max = spec.max().flatMap(text -> bound("max", text, whole));
        if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
            wrong("max", "must not be less than min");
        }
    }

    private Optional<BigDecimal> bound(String field, String text, boolean whole) {
        if (!DECIMAL.matcher(text).matches()) {
            wrong(
                    field,
                    "must be a decimal number such as -0.5, with at most 20 digits before and 18"
                            + " behind the point");
            return Optional.empty();
        }
        BigDecimal bound = new BigDecimal(text);
        if (whole
                && (bound.stripTrailingZeros().scale() > 0
                        || bound.signum() < 0
                        || bound.compareTo(MAX_LENGTH) > 0)) {
            wrong(field, "must be a whole number, 0 to " + MAX_LENGTH);
            return Optional.empty();
        }
        return Optional.of(bound);
    }

    private void wrong(String field, String rule) {
        broken.add(new Broken(place, field, rule));
    }
}
