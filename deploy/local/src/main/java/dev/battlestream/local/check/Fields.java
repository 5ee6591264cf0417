package dev.battlestream.local.check;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is said of one thing, field by field. Each value has one spelling, whoever says it: numbers
 * and amounts plain and without trailing zeros, times in ISO-8601 UTC. A field that is absent is
 * not there.
 *
 * @param values by the field's path, such as {@code usage.byRole.judge.calls} or {@code
 *     stages[0].verdict}
 */
public record Fields(SortedMap<String, String> values) {

    /** Nothing is said. */
    public static final Fields NONE = new Fields(new TreeMap<>());

    public Fields {
        values = Collections.unmodifiableSortedMap(values);
    }

    /** The fields of both. */
    public Fields and(Fields more) {
        SortedMap<String, String> all = new TreeMap<>(values);
        all.putAll(more.values);
        return new Fields(all);
    }

    /** A number in its one spelling. */
    public static String number(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    /** Collects fields. */
    public static final class Builder {

        private final SortedMap<String, String> values = new TreeMap<>();

        /** A text; null for an absent one. */
        public Builder text(String field, @Nullable String value) {
            if (value != null) {
                values.put(field, value);
            }
            return this;
        }

        /** A whole number; null for an absent one. */
        public Builder number(String field, @Nullable Long value) {
            return text(field, value == null ? null : Long.toString(value));
        }

        /** A whole number. */
        public Builder number(String field, int value) {
            return number(field, Long.valueOf(value));
        }

        /** A share or a bound; null for an absent one. */
        public Builder share(String field, @Nullable Double value) {
            if (value != null && !Double.isFinite(value)) {
                return text(field, Double.toString(value));
            }
            return money(field, value == null ? null : BigDecimal.valueOf(value));
        }

        /** An amount; null for an absent one. */
        public Builder money(String field, @Nullable BigDecimal value) {
            return text(field, value == null ? null : Fields.number(value));
        }

        /** A time; null for an absent one. */
        public Builder time(String field, @Nullable Instant value) {
            return text(field, value == null ? null : value.toString());
        }

        /** Yes or no. */
        public Builder flag(String field, boolean value) {
            return text(field, Boolean.toString(value));
        }

        /** Texts in their order. */
        public Builder texts(String field, List<String> all) {
            for (int i = 0; i < all.size(); i++) {
                text(field + "[" + i + "]", all.get(i));
            }
            return this;
        }

        /** Fields of a part. */
        public Builder part(String field, Fields part) {
            part.values().forEach((name, value) -> text(field + "." + name, value));
            return this;
        }

        /** Parts in their order. */
        public Builder parts(String field, Collection<Fields> all) {
            int place = 0;
            for (Fields part : all) {
                part(field + "[" + place++ + "]", part);
            }
            return this;
        }

        public Fields build() {
            return new Fields(values);
        }
    }
}
