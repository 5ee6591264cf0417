package dev.battlestream.judge.validation;

import java.util.List;

/** What the validators of a policy say of a message together. */
public sealed interface Validation {

    /**
     * They settle the matter.
     *
     * @param passed whether the goal has been reached
     * @param criteria what was asked, in order, for example {@code validator:regex}
     * @param reason a sentence without contents
     */
    record Settled(boolean passed, List<String> criteria, String reason) implements Validation {

        public Settled {
            criteria = List.copyOf(criteria);
        }
    }

    /** They leave it open; without validators there are no criteria. */
    record Undecided(List<String> criteria) implements Validation {

        public Undecided {
            criteria = List.copyOf(criteria);
        }
    }

    /** They cannot be asked. */
    record Unusable(String detail) implements Validation {}
}
