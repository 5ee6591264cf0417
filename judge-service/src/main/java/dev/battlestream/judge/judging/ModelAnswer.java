package dev.battlestream.judge.judging;

import org.jspecify.annotations.Nullable;

/** What came of asking a model. */
public sealed interface ModelAnswer {

    /**
     * It answered.
     *
     * @param answeredBy the reference of the model that answered in its place, after a failover
     */
    record Said(String text, StageVerdict.Cost cost, @Nullable String answeredBy)
            implements ModelAnswer {

        /** The size only: contents do not belong in logs. */
        @Override
        public String toString() {
            return "Said[text=%d characters, cost=%s]".formatted(text.length(), cost);
        }
    }

    /**
     * It will not judge this text, by its provider's content rules: asking again would not help.
     */
    record Declined(StageVerdict.Cost cost) implements ModelAnswer {}

    /**
     * It did not, after all retries.
     *
     * @param fault whose fault it is
     * @param detail a sentence fit for users
     * @param cost what the failed calls took
     */
    record Silent(Ruling.Fault fault, String detail, StageVerdict.Cost cost)
            implements ModelAnswer {}
}
