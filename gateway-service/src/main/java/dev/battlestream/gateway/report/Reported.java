package dev.battlestream.gateway.report;

/** What is answered to a question for the report of a scale run. */
public sealed interface Reported<T> {

    /** There it is. */
    record Found<T>(T report) implements Reported<T> {}

    /** The run has not ended, and only a final report was asked for, or there is nothing yet. */
    record NotFinal<T>() implements Reported<T> {}

    /** Nobody knows the run. */
    record Unknown<T>() implements Reported<T> {}
}
