package dev.battlestream.local.specs;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a value stands in a document.
 *
 * @param steps from the document itself: names of fields and, as Integer, places in lists from 0
 */
public record FieldPath(List<Object> steps) {

    /** The document itself. */
    public static final FieldPath ROOT = new FieldPath(List.of());

    public FieldPath {
        steps = List.copyOf(steps);
    }

    /** A field or an element of the value here. */
    public FieldPath child(Object step) {
        return new FieldPath(Stream.concat(steps.stream(), Stream.of(step)).toList());
    }

    /** What holds the value here; the document holds itself. */
    public FieldPath parent() {
        return steps.isEmpty() ? this : new FieldPath(steps.subList(0, steps.size() - 1));
    }

    /** As the gateway names fields, such as {@code variants[1].model}; empty for the document. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Object step : steps) {
            if (step instanceof Integer) {
                text.append('[').append(step).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step);
            }
        }
        return text.toString();
    }
}
