package dev.battlestream.gateway.battle;

import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.policy.BoundedJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A typed view of a JSON object that goes on after an error: a field of the wrong type is noted and
 * read as absent, so that one pass finds everything. JSON's null is the same as absent.
 */
public final class Fields {

    // No exponent: a few characters must not stand for a number of a billion digits.
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    /** Beyond, a number that is no text has lost digits already. */
    private static final double MOST_DECIMAL = 1e15;

    /** A few characters must not stand for a number of a billion digits. */
    private static final int MOST_DIGITS = 40;

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,99}");

    private final String path;
    private final Map<?, ?> values;
    private final Collection<FieldError> errors;
    private final Set<String> known = new HashSet<>();

    private Fields(String path, Map<?, ?> values, Collection<FieldError> errors) {
        this.path = path;
        this.values = values;
        this.errors = errors;
    }

    /** The body itself; empty, with an error, if it is no object. */
    public static Fields ofBody(@Nullable Object body, Collection<FieldError> errors) {
        if (body instanceof Map<?, ?> map) {
            return new Fields("", map, errors);
        }
        errors.add(new FieldError("", "the body must be a JSON object"));
        return new Fields("", Map.of(), errors);
    }

    /** The path of a field of this object. */
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private @Nullable Object value(String name) {
        known.add(name);
        return values.get(name);
    }

    private <T> Optional<T> wrong(String name, String message) {
        errors.add(new FieldError(at(name), message));
        return Optional.empty();
    }

    public Optional<String> text(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> wrong(name, "must be a text");
        };
    }

    public Optional<Integer> whole(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case Integer number -> Optional.of(number);
            case Long _, BigInteger _ -> wrong(name, "is out of range");
            default -> wrong(name, "must be a whole number");
        };
    }

    /** A whole number of 64 bits. */
    public Optional<Long> longWhole(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case Integer number -> Optional.of(number.longValue());
            case Long number -> Optional.of(number);
            case BigInteger _ -> wrong(name, "is out of range");
            default -> wrong(name, "must be a whole number");
        };
    }

    public Optional<Double> number(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case Number number -> Optional.of(number.doubleValue());
            default -> wrong(name, "must be a number");
        };
    }

    /** An amount of money, written as a decimal text so that no digit is lost on the way. */
    public Optional<BigDecimal> money(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case String text when DECIMAL.matcher(text).matches() ->
                    Optional.of(new BigDecimal(text));
            default ->
                    wrong(
                            name,
                            "must be a decimal text such as \"0.50\", with at most 9 digits on each"
                                    + " side of the point");
        };
    }

    /** One of the names of an enum, in camel case. */
    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        if (value(name) == null) {
            return Optional.empty();
        }
        E[] constants = type.getEnumConstants();
        for (E constant : constants) {
            if (named(constant).equals(value(name))) {
                return Optional.of(constant);
            }
        }
        return wrong(
                name,
                Arrays.stream(constants)
                        .map(Fields::named)
                        .collect(Collectors.joining(", ", "must be one of ", "")));
    }

    /** A constant's name as JSON has it: in camel case. */
    private static String named(Enum<?> constant) {
        String[] words = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return name.toString();
    }

    /** A number as it would be written without an exponent; texts are taken as they are. */
    Optional<String> decimal(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Double number when Math.abs(number) < MOST_DECIMAL ->
                    Optional.of(BigDecimal.valueOf(number).toPlainString());
            case BigDecimal number when Math.abs((long) number.scale()) <= MOST_DIGITS ->
                    Optional.of(number.toPlainString());
            case Integer number -> Optional.of(number.toString());
            case Long number -> Optional.of(number.toString());
            default -> wrong(name, "must be a number, or a text for one with many digits");
        };
    }

    /**
     * Any value but null, as JSON text. Null is refused: who compares with it and is taken to
     * compare with nothing would get another answer than was asked for.
     */
    Optional<String> json(String name) {
        if (values.containsKey(name) && values.get(name) == null) {
            known.add(name);
            return wrong(name, "must not be null; leave it out for no value");
        }
        return Optional.ofNullable(value(name)).map(BoundedJson::write);
    }

    /** Whatever the field holds; for what is read elsewhere. */
    public @Nullable Object raw(String name) {
        return value(name);
    }

    public Optional<Fields> object(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case Map<?, ?> map -> Optional.of(new Fields(at(name), map, errors));
            default -> wrong(name, "must be an object");
        };
    }

    /** A list of texts. */
    List<String> textList(String name, int atMost) {
        return switch (value(name)) {
            case null -> List.of();
            case List<?> list when list.size() > atMost -> {
                wrong(name, "must have at most %d elements".formatted(atMost));
                yield List.of();
            }
            case List<?> list when list.stream().allMatch(String.class::isInstance) ->
                    list.stream().map(String.class::cast).toList();
            default -> {
                wrong(name, "must be a list of texts");
                yield List.of();
            }
        };
    }

    /** The objects of a list; elements that are no objects are noted and left out. */
    public List<Fields> objects(String name, int atMost) {
        return switch (value(name)) {
            case null -> List.of();
            case List<?> list when list.size() > atMost -> {
                wrong(name, "must have at most %d elements".formatted(atMost));
                yield List.of();
            }
            case List<?> list -> {
                List<Fields> objects = new ArrayList<>();
                for (int i = 0; i < list.size(); i++) {
                    String element = "%s[%d]".formatted(name, i);
                    if (list.get(i) instanceof Map<?, ?> map) {
                        objects.add(new Fields(at(element), map, errors));
                    } else {
                        wrong(element, "must be an object");
                    }
                }
                yield objects;
            }
            default -> {
                wrong(name, "must be a list");
                yield List.of();
            }
        };
    }

    /** All fields of this object as texts; their names are free. */
    public Map<String, String> texts(int atMost) {
        if (values.size() > atMost) {
            errors.add(new FieldError(path, "must have at most %d fields".formatted(atMost)));
            return Map.of();
        }
        return values.keySet().stream()
                .map(String::valueOf)
                .filter(name -> values.get(name) instanceof String || notText(name))
                .collect(Collectors.toMap(name -> name, name -> String.valueOf(values.get(name))));
    }

    private boolean notText(String name) {
        wrong(shown(name), "must be a text");
        return false;
    }

    /** Notes the field, if it is given, as one that cannot be had. */
    public void refuse(String name, String why) {
        if (value(name) != null) {
            wrong(name, why);
        }
    }

    /** Notes every field that was not asked for; call it last. */
    public void refuseUnknown() {
        values.keySet().stream()
                .map(String::valueOf)
                .filter(name -> !known.contains(name))
                .forEach(name -> wrong(shown(name), "is no known field"));
    }

    /** A field's name as an error may show it: foreign names can be long or full of anything. */
    static String shown(String name) {
        return PLAIN_NAME.matcher(name).matches() ? name : "(a field with an unusual name)";
    }
}
