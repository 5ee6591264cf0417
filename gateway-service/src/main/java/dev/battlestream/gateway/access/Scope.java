package dev.battlestream.gateway.access;

import java.util.Set;

/** What a key allows. */
public enum Scope {
    /** Reads and streams. */
    READ,
    /** Starts and cancels. */
    START,
    /** Everything, deletions and the operator's own paths included. */
    ADMIN;

    /** Whether one of the scopes allows what needs this one. */
    boolean grantedBy(Set<Scope> held) {
        return held.contains(this) || held.contains(ADMIN);
    }
}
