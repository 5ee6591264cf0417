package dev.battlestream.gateway.battle;

import java.util.UUID;

/** What became of a request to start a battle or a run. */
public sealed interface Admission {

    /** It has a slot and will be on the log, whatever happens from now on. */
    record Admitted(UUID id) implements Admission {}

    /** The same request was accepted before, as this job. */
    record Repeated(UUID id) implements Admission {}

    /** The key or the id was used before, with another request. */
    record Different() implements Admission {}

    /** The client has as many jobs running as it may. */
    record TooMany() implements Admission {}

    /** Its budget does not fit into what the client's day has left. */
    record BudgetSpent() implements Admission {}
}
