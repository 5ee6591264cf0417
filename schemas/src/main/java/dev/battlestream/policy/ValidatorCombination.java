package dev.battlestream.policy;

/** How the answers of several validators become one. */
public enum ValidatorCombination {
    /** The first one, in order, that says pass or fail settles the matter. */
    ANY,
    /** One that says fail settles it as failed; if all say pass it is passed. */
    ALL
}
