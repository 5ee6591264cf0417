package dev.battlestream.local.check;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;

/**
 * What one source says of a battle that has ended.
 *
 * @param messages by seq
 * @param verdicts by turn
 * @param untold fields of the status that this source cannot tell
 */
public record Account(
        Fields status,
        SortedMap<Integer, Fields> messages,
        SortedMap<Integer, Fields> verdicts,
        Set<String> untold) {

    public Account {
        messages = Collections.unmodifiableSortedMap(messages);
        verdicts = Collections.unmodifiableSortedMap(verdicts);
        untold = Set.copyOf(untold);
    }
}
