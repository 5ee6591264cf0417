package dev.battlestream.report.battle;

/** Why a view took nothing from a record. Dropped records are counted by this name. */
public enum DropReason {
    /** The place or fact is taken: an earlier record of the same identity has won. */
    DUPLICATE,
    /** Its predecessor has not been seen, which the contract of the topic rules out. */
    GAP,
    /** It lies beyond what the outcome says belongs to the battle. */
    BEYOND_END,
    /** Its place is less than 1. */
    BAD_PLACE,
    /** Its battle is not the member of its run and place. */
    FOREIGN_MEMBER,
    /** Its battle has been deleted. */
    DELETED,
    /** It has no key, or none that such a record can have. */
    BAD_KEY,
    /** It has no value. */
    NO_VALUE,
    /** Its key is not the battle that it speaks of. */
    KEY_MISMATCH;

    /** The name in metrics, in kebab case. */
    public String tag() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
