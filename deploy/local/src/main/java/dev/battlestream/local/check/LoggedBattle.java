package dev.battlestream.local.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A battle as its topics tell it: the first request and the first outcome count; of messages the
 * first of each seq, of verdicts the first of each turn, in order and without a gap; what lies
 * beyond the outcome's counts does not belong to it.
 */
public record LoggedBattle(
        LogEvent.@Nullable Asked asked,
        List<LogEvent.Played> messages,
        List<LogEvent.Judged> verdicts,
        LogEvent.@Nullable Ended ended) {

    /** A battle of which nothing has been read. */
    public static final LoggedBattle UNREAD = new LoggedBattle(null, List.of(), List.of(), null);

    public LoggedBattle {
        messages = List.copyOf(messages);
        verdicts = List.copyOf(verdicts);
    }

    /** The battle with one more record; the same where the record does not count. */
    public LoggedBattle with(LogEvent event) {
        return switch (event) {
            case LogEvent.Asked first ->
                    asked == null ? new LoggedBattle(first, messages, verdicts, ended) : this;
            case LogEvent.Played played ->
                    played.seq() == messages.size() + 1
                            ? new LoggedBattle(asked, plus(messages, played), verdicts, ended)
                            : this;
            case LogEvent.Judged judged ->
                    judged.turn() == verdicts.size() + 1
                            ? new LoggedBattle(asked, messages, plus(verdicts, judged), ended)
                            : this;
            case LogEvent.Ended first ->
                    ended == null ? new LoggedBattle(asked, messages, verdicts, first) : this;
        };
    }

    private static <E> List<E> plus(List<E> all, E one) {
        List<E> more = new ArrayList<>(all);
        more.add(one);
        return more;
    }

    /** Whether it has ended and all that belongs to it has been read. */
    public boolean isWhole() {
        return ended != null
                && messages.size() >= ended.messageCount()
                && verdicts.size() >= ended.verdictCount();
    }

    /**
     * What its readers are to be told.
     *
     * @throws IllegalStateException while it has not ended
     */
    public Account account() {
        LogEvent.Ended end = ended;
        if (end == null) {
            throw new IllegalStateException("the account of a battle is given at its end");
        }
        SortedMap<Integer, Fields> played = new TreeMap<>();
        messages.stream()
                .filter(message -> message.seq() <= end.messageCount() && !message.failed())
                .forEach(message -> played.put(message.seq(), message.row()));
        SortedMap<Integer, Fields> judged = new TreeMap<>();
        verdicts.stream()
                .filter(verdict -> verdict.turn() <= end.verdictCount())
                .forEach(verdict -> judged.put(verdict.turn(), verdict.row()));
        boolean complete =
                played.size() == end.messageCount() && judged.size() == end.verdictCount();
        Fields status =
                end.figures()
                        .and(
                                new Fields.Builder()
                                        .number("lastSeq", played.size())
                                        .flag("complete", complete)
                                        .text("runId", runId(end))
                                        .text("model", model(played))
                                        .text("agentId", asked == null ? null : asked.agentId())
                                        .build());
        return new Account(status, played, judged, untold(end, played));
    }

    private @Nullable String runId(LogEvent.Ended end) {
        if (end.runId() != null) {
            return end.runId();
        }
        return asked == null ? null : asked.runId();
    }

    /** That of the first message; before it, the one that was asked for. */
    private @Nullable String model(SortedMap<Integer, Fields> played) {
        if (played.containsKey(1)) {
            return messages.getFirst().model();
        }
        return asked == null || asked.model().isBlank() ? null : asked.model();
    }

    /** What only the request tells, which the log deletes first. */
    private Set<String> untold(LogEvent.Ended end, SortedMap<Integer, Fields> played) {
        if (asked != null) {
            return Set.of();
        }
        Set<String> untold = new HashSet<>(Set.of("agentId"));
        if (!played.containsKey(1)) {
            untold.add("model");
        }
        if (end.runId() == null) {
            untold.add("runId");
        }
        return untold;
    }
}
