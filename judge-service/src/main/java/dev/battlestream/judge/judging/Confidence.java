package dev.battlestream.judge.judging;

/**
 * What the confidence of a verdict means. A model's own figure is a claim that nobody has compared
 * with how often it is right; so it is an upper bound, cut to what the kind of evidence can bear.
 *
 * <ul>
 *   <li>validators: 1, they compute;
 *   <li>one model: at most {@value #MOST_OF_ONE};
 *   <li>two answers that agree: more than either alone, at most {@value #MOST_OF_TWO}. Two models
 *       count as independent; a second look of the same model counts half (as a power);
 *   <li>two answers that do not agree: at most {@value #MOST_IN_CONFLICT};
 *   <li>no usable answer: 0.
 * </ul>
 */
final class Confidence {

    static final double OF_VALIDATORS = 1.0;
    static final double MOST_OF_ONE = 0.9;
    static final double MOST_OF_TWO = 0.98;
    static final double MOST_IN_CONFLICT = 0.5;

    private Confidence() {}

    /** Of one answer, from what its model claims. */
    static double ofOne(double claimed) {
        return Math.min(claimed, MOST_OF_ONE);
    }

    /**
     * Of two answers that say the same: the chance that not both are wrong.
     *
     * @param independent whether two different models gave them
     */
    static double ofAgreement(double one, double other, boolean independent) {
        double more = Math.max(one, other);
        double less = Math.min(one, other);
        double bothWrong = (1 - more) * Math.pow(1 - less, independent ? 1 : 0.5);
        return Math.min(1 - bothWrong, MOST_OF_TWO);
    }

    /** Of the answer that stands, while another says something else. */
    static double inConflict(double standing) {
        return Math.min(standing, MOST_IN_CONFLICT);
    }
}
