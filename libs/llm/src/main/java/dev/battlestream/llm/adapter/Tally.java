package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ModelException;

/** Counts the attempts of one call, whoever they were made at; used by one thread. */
final class Tally {

    private final long begin;
    private int attempts;
    private int calls;
    private int charged;

    /**
     * @param begin when the call began, by {@link Timepiece#nanoTime}
     */
    Tally(long begin) {
        this.begin = begin;
    }

    long begin() {
        return begin;
    }

    int nextAttempt() {
        return ++attempts;
    }

    int attempts() {
        return attempts;
    }

    void add(ModelException failure) {
        calls += failure.calls();
        charged += failure.charged() ? 1 : 0;
    }

    /** Failed attempts that reached a provider. */
    int calls() {
        return calls;
    }

    /** Failed attempts that a provider may charge for. */
    int charged() {
        return charged;
    }
}
