package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.BattleTable;
import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.battles.ListedBattle;
import dev.battlestream.local.battles.adapter.BattleJson;
import dev.battlestream.local.battles.adapter.Gateway;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "list",
        description = {
            "Lists battles, newest first.",
            "A battle is listed a moment after its start; one that waits counts as running."
        },
        mixinStandardHelpOptions = true)
final class BattleListCommand implements Callable<Integer> {

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--state",
            description = "Only running, completed, failed, canceled or timeout.")
    private @Nullable String state;

    @Option(names = "--agent", description = "Only those of this agent.")
    private @Nullable String agent;

    @Option(names = "--run", description = "Only those of this scale run.")
    private @Nullable String run;

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

    BattleListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PrintWriter out = Output.of(spec);
        try (Gateway gateway = session.gateway()) {
            JsonNode page = gateway.list(parameters());
            if (json) {
                out.println(BattleJson.pretty(page));
                return EndCodes.OK;
            }
            List<ListedBattle> battles = new ArrayList<>();
            page.path("battles").forEach(node -> battles.add(BattleJson.listed(node)));
            if (battles.isEmpty()) {
                out.println("No battles");
                return EndCodes.OK;
            }
            BattleTable.lines(battles, ZoneId.systemDefault()).forEach(out::println);
            String next = page.path("nextCursor").asString("");
            if (!next.isEmpty()) {
                out.println("More with --cursor " + next);
            }
            return EndCodes.OK;
        }
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "state", state);
        put(parameters, "agentId", agent);
        put(parameters, "runId", run);
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
