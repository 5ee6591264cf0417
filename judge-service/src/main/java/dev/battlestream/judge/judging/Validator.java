package dev.battlestream.judge.judging;

/**
 * One deterministic check of the agent's message. A match settles the matter; without one it
 * settles nothing.
 */
public sealed interface Validator {

    /** What the message is compared with; empty if that is not known. */
    String pattern();

    /** What a match says. */
    OnMatch onMatch();

    /** How it is named among the criteria applied. */
    String criterion();

    /** What a match settles. */
    enum OnMatch {
        /** The goal has been reached. */
        PASS,
        /** The goal has not been reached. */
        FAIL;

        Verdict verdict() {
            return switch (this) {
                case PASS -> Verdict.YES;
                case FAIL -> Verdict.NO;
            };
        }
    }

    /**
     * The pattern is found anywhere in the message.
     *
     * @param pattern an RE2 regular expression
     */
    record Regex(String pattern, OnMatch onMatch) implements Validator {
        @Override
        public String criterion() {
            return "validator:regex";
        }
    }

    /** The pattern, a literal text, is found anywhere in the message, in the same case. */
    record Contains(String pattern, OnMatch onMatch) implements Validator {
        @Override
        public String criterion() {
            return "validator:contains";
        }
    }

    /** The message, without white space around it, is the pattern. */
    record Equals(String pattern, OnMatch onMatch) implements Validator {
        @Override
        public String criterion() {
            return "validator:equals";
        }
    }

    /** A type of a later version: it never matches. */
    record Unknown(OnMatch onMatch) implements Validator {
        @Override
        public String pattern() {
            return "";
        }

        @Override
        public String criterion() {
            return "validator:unknown";
        }
    }
}
