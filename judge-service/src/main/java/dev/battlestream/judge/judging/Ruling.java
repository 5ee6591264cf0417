package dev.battlestream.judge.judging;

import java.util.List;

/** How the judging of a turn ended. */
public sealed interface Ruling {

    /** What was applied, in order, for example {@code validator:regex}, {@code fast:goal}. */
    List<String> criteria();

    /** What each stage said, in order. */
    List<StageVerdict> stages();

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
     */
    record Decided(List<String> criteria, List<StageVerdict> stages) implements Ruling {

        public Decided {
            criteria = List.copyOf(criteria);
            stages = List.copyOf(stages);
            if (stages.isEmpty()) {
                throw new IllegalStateException("A decision needs the stage that made it");
            }
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
    record Failed(
            Stage failing,
            List<String> criteria,
            List<StageVerdict> stages,
            Fault fault,
            String detail)
            implements Ruling {

        public Failed {
            criteria = List.copyOf(criteria);
            stages = List.copyOf(stages);
        }
    }

    /** Whose fault a failure is. */
    enum Fault {
        /** The request asks for something that cannot be done or is not allowed. */
        REQUEST,
        /** The judge's model failed for good. */
        JUDGE
    }
}
