package dev.battlestream.local.export;

/** A column of an export. */
public record Column(String name, Kind kind) {

    /** What its values are; any may be null. */
    public enum Kind {
        /** A {@link String}; also ids. */
        TEXT,
        /** An {@link Integer}. */
        INTEGER,
        /** A {@link Long}. */
        LONG,
        /** A {@link Double}. */
        REAL,
        /** A {@link Boolean}. */
        BOOLEAN,
        /** US dollars, a {@link java.math.BigDecimal} of {@link #MONEY_SCALE} decimal places. */
        MONEY,
        /** An {@link java.time.Instant} in microseconds. */
        TIME,
        /** A {@link String} that is JSON, in one line. */
        JSON,
        /** A {@link java.util.List} of texts. */
        TEXTS,
        /** A {@link java.util.List} of longs. */
        LONGS;

        /**
         * The kind of a column of the archive.
         *
         * @param type as PostgreSQL names it
         * @throws IllegalStateException if no view has such a column
         */
        public static Kind of(String type) {
            return switch (type) {
                case "text", "uuid" -> TEXT;
                case "int4" -> INTEGER;
                case "int8" -> LONG;
                case "float8" -> REAL;
                case "bool" -> BOOLEAN;
                case "numeric" -> MONEY;
                case "timestamptz" -> TIME;
                case "jsonb" -> JSON;
                case "_text" -> TEXTS;
                case "_int8" -> LONGS;
                default -> throw new IllegalStateException("No column can be exported as " + type);
            };
        }
    }

    /** Digits of money. */
    public static final int MONEY_PRECISION = 18;

    /** Decimal places of money. */
    public static final int MONEY_SCALE = 9;
}
