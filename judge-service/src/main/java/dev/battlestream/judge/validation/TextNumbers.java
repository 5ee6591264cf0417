package dev.battlestream.judge.validation;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the numbers of a text: {@code 42}, {@code -0.5}, {@code 1,234.50}, {@code 6e23}, also with
 * a unit or a mark behind. Parts of words and of things like {@code 1.2.3} are none; a hyphen
 * behind a letter or digit is no sign.
 */
final class TextNumbers {

    /** Every choice is possessive or bounded, so that a search takes linear time. */
    private static final Pattern NUMBER =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}_.,])(?<sign>[-\\u2212]?)"
                            + "(?<whole>[0-9]{1,3}(?:,[0-9]{3}){1,10}(?![0-9])|[0-9]{1,40}(?![0-9]))"
                            + "(?<rest>(?:\\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?)"
                            + "(?![\\p{N}_]|[.,][0-9])");

    private TextNumbers() {}

    static Optional<BigDecimal> last(String text) {
        Matcher numbers = NUMBER.matcher(text);
        String found = null;
        while (numbers.find()) {
            found = written(numbers);
        }
        return Optional.ofNullable(found).map(BigDecimal::new);
    }

    /** Empty if there is none or more than one. */
    static Optional<BigDecimal> only(String text) {
        Matcher numbers = NUMBER.matcher(text);
        if (!numbers.find()) {
            return Optional.empty();
        }
        String found = written(numbers);
        return numbers.find() ? Optional.empty() : Optional.of(new BigDecimal(found));
    }

    private static String written(Matcher number) {
        return (number.start("sign") == number.end("sign") ? "" : "-")
                + number.group("whole").replace(",", "")
                + number.group("rest");
    }
}
