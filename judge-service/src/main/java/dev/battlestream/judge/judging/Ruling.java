package dev.battlestream.judge.judging;

import java.util.List;
import java.util.Optional;

/** How the judging of a turn ended. */
public sealed interface Ruling {

    /** What each stage said, in order. */
    List<StageVerdict> stages();

    /** What was applied, in order, for example {@code validator:regex}, {@code fast:goal}. */
    default List<String> criteria() {
        return stages().stream().flatMap(stage -> stage.criteria().stream()).toList();
    }

    /**
     * How far the goal is reached in the estimate of the last stage that gave one; empty if there
     * is none that still holds.
     *
     * <p>An estimate of an earlier stage holds only as long as the last one is of the same mind:
     * behind a yes that was not confirmed stands "all but done", which would be an improvement that
     * nobody made and keep every later one from being seen.
     */
    default Optional<Double> progress() {
        List<StageVerdict> latestFirst = stages().reversed();
        return latestFirst.stream()
                .filter(stage -> stage.verdict() == latestFirst.getFirst().verdict())
                .flatMap(stage -> stage.progress().stream())
                .findFirst();
    }

    /** What all stages took together. */
    default StageVerdict.Cost cost() {
        return stages().stream()
                .map(StageVerdict::cost)
                .reduce(StageVerdict.Cost.NONE, StageVerdict.Cost::plus);
    }

    /**
     * There is a verdict.
     *
     * @param stages at least one; the last one decided
     * @param confidence of the verdict by all the evidence, 0 to 1, see {@link Confidence}
     * @param reason a sentence
     */
    record Decided(List<StageVerdict> stages, double confidence, String reason) implements Ruling {

        public Decided {
            stages = List.copyOf(stages);
            if (stages.isEmpty()) {
                throw new IllegalStateException("A decision needs the stage that made it");
            }
        }

        /** A decision that rests on its last stage alone. */
        static Decided byLast(List<StageVerdict> stages) {
            StageVerdict last = stages.getLast();
            return new Decided(stages, last.confidence(), last.reason());
        }

        /** The stage that decided. */
        public StageVerdict deciding() {
            return stages.getLast();
        }
    }

    /**
     * There is none, and there will not be one.
     *
     * @param failing the stage that failed
     * @param stages the failing one included when a model was asked, so that its calls count
     * @param fault whose fault it is
     * @param detail a sentence without contents
     */
    record Failed(Stage failing, List<StageVerdict> stages, Fault fault, String detail)
            implements Ruling {

        public Failed {
            stages = List.copyOf(stages);
        }
    }

    /** Whose fault a failure is. */
    enum Fault {
        /** The request asks for something that cannot be done or is not allowed. */
        REQUEST,
        /** The judge's model failed for good. */
        JUDGE,
        /** Nothing failed: a model was not asked because its worst case does not fit the budget. */
        BUDGET
    }
}
