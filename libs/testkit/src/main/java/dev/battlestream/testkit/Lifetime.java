package dev.battlestream.testkit;

/** Whether a forked process may live longer than the JVM that started it. */
public enum Lifetime {
    /** For tests: a forked JVM halts by itself as soon as its parent is gone, however it went. */
    ENDS_WITH_PARENT,
    /** For the local platform: a session of its own, so that a terminal's signals miss it. */
    OUTLIVES_PARENT
}
