package dev.battlestream.report.archive;

import dev.battlestream.report.battle.BattleState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a list as a caller wrote them; null where one is missing.
 *
 * @param state a state of the contract
 * @param agentId the agent's name
 * @param runId a UUID
 * @param from an instant, such as 2026-01-31T12:00:00Z
 * @param to an instant after from
 * @param cursor the nextCursor of the page before
 * @param limit a number, 1 to 200
 */
public record ListForm(
        @Nullable String state,
        @Nullable String agentId,
        @Nullable String runId,
        @Nullable String from,
        @Nullable String to,
        @Nullable String cursor,
        @Nullable String limit) {

    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    /** What reading the parameters comes to. */
    public sealed interface Reading {

        /** All parameters make sense. */
        record Query(ListQuery query) implements Reading {}

        /** What is wrong, all of it. */
        record Refused(List<Fault> faults) implements Reading {

            public Refused {
                faults = List.copyOf(faults);
            }
        }
    }

    /**
     * What is wrong with a parameter.
     *
     * @param field its name
     * @param message what it must be
     */
    public record Fault(String field, String message) {}

    /** Reads the parameters. */
    public Reading read() {
        List<Fault> faults = new ArrayList<>();
        BattleState wantedState = state(faults);
        String wantedAgent = agent(faults);
        UUID wantedRun = run(faults);
        Instant begin = instant("from", from, faults);
        Instant end = instant("to", to, faults);
        if (begin != null && end != null && !begin.isBefore(end)) {
            faults.add(new Fault("to", "must be later than from"));
        }
        ListCursor after = after(faults);
        int most = most(faults);
        return faults.isEmpty()
                ? new Reading.Query(
                        new ListQuery(wantedState, wantedAgent, wantedRun, begin, end, after, most))
                : new Reading.Refused(faults);
    }

    private @Nullable BattleState state(List<Fault> faults) {
        if (state == null) {
            return null;
        }
        for (BattleState known : BattleState.values()) {
            if (nameOf(known).equals(state)) {
                return known;
            }
        }
        faults.add(
                new Fault(
                        "state",
                        "must be one of "
                                + Arrays.stream(BattleState.values())
                                        .map(ListForm::nameOf)
                                        .collect(Collectors.joining(", "))));
        return null;
    }

    private static String nameOf(BattleState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private @Nullable String agent(List<Fault> faults) {
        if (agentId != null
                && (agentId.isBlank()
                        || agentId.length() > KeptText.MOST_IN_NAME
                        || agentId.indexOf('\0') >= 0)) {
            faults.add(
                    new Fault(
                            "agentId",
                            "must be 1 to %d characters".formatted(KeptText.MOST_IN_NAME)));
        }
        return agentId;
    }

    private @Nullable UUID run(List<Fault> faults) {
        if (runId == null) {
            return null;
        }
        if (ID.matcher(runId).matches()) {
            return UUID.fromString(runId);
        }
        faults.add(new Fault("runId", "must be a UUID of 36 characters"));
        return null;
    }

    private static @Nullable Instant instant(
            String field, @Nullable String text, List<Fault> faults) {
        if (text == null) {
            return null;
        }
        try {
            Instant at = Instant.parse(text);
            if (Times.isKept(at)) {
                return at;
            }
        } catch (DateTimeException _) {
            // Told below, with the times out of range.
        }
        faults.add(
                new Fault(
                        field,
                        "must be a time of the years 1970 to 9999, as 2026-01-31T12:00:00Z"));
        return null;
    }

    private @Nullable ListCursor after(List<Fault> faults) {
        if (cursor == null) {
            return null;
        }
        ListCursor after = ListCursor.parse(cursor).orElse(null);
        if (after == null) {
            faults.add(new Fault("cursor", "must be the nextCursor of a page"));
        }
        return after;
    }

    private int most(List<Fault> faults) {
        if (limit == null) {
            return ListQuery.USUAL;
        }
        if (NUMBER.matcher(limit).matches()) {
            int value = Integer.parseInt(limit);
            if (value >= 1 && value <= ListQuery.MOST) {
                return value;
            }
        }
        faults.add(new Fault("limit", "must be a whole number, 1 to %d".formatted(ListQuery.MOST)));
        return ListQuery.USUAL;
    }
}
