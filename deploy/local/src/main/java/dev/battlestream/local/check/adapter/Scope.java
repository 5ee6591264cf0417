package dev.battlestream.local.check.adapter;

/** Which battles and runs are checked. */
public sealed interface Scope {

    /** All that have ended. */
    record All() implements Scope {}

    /** That many battles and that many runs, each as likely as another. */
    record Sample(int most) implements Scope {

        public Sample {
            if (most < 1 || most > MOST) {
                throw new IllegalArgumentException(
                        "A sample is 1 to %d; --all checks all".formatted(MOST));
            }
        }

        private static final int MOST = 10_000;
    }

    /** One battle. */
    record Battle(String battleId) implements Scope {}
}
