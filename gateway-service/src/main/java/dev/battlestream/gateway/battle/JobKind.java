package dev.battlestream.gateway.battle;

/** What a job is for: what is asked for at once, takes one slot and has one end. */
public enum JobKind {
    /** One battle. */
    BATTLE,
    /** A scale run: many battles, which are no jobs of their own. */
    RUN
}
