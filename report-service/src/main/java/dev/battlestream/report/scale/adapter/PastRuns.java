package dev.battlestream.report.scale.adapter;

/** Scale runs that have left the view, or are not there yet. */
public interface PastRuns {

    /**
     * Reads a run. Its methods throw {@link dev.battlestream.report.battle.adapter.OutageException}
     * while it cannot be read.
     *
     * @param runId a canonical id, of which nothing need be known
     */
    RunReads of(String runId);
}
