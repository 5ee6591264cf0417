package dev.battlestream.local.cli.adapter;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every list can be asked for, for a command to mix in. */
final class ListOptions {

    @Option(
            names = "--state",
            description = "Only running, completed, failed, canceled or timeout.")
    private @Nullable String state;

    @Option(names = "--agent", description = "Only those of this agent.")
    private @Nullable String agent;

    @Option(names = "--from", description = "Only from this time on, as 2026-01-31T12:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", description = "Only before this time.")
    private @Nullable String to;

    @Option(names = "--cursor", description = "Go on behind a page, with what that page said.")
    private @Nullable String cursor;

    @Option(names = "--limit", defaultValue = "20", description = "At most so many, 1 to 200.")
    private int limit;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    boolean json() {
        return json;
    }

    /** The parameters of the call that lists, as far as they were given. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "state", state);
        put(parameters, "agentId", agent);
        put(parameters, "from", from);
        put(parameters, "to", to);
        put(parameters, "cursor", cursor);
        parameters.put("limit", Integer.toString(limit));
        return parameters;
    }

    private static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }
}
