package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.battles.adapter.BattleJson;
import dev.battlestream.local.battles.adapter.Gateway;
import dev.battlestream.local.scale.ListedRun;
import dev.battlestream.local.scale.RunTable;
import dev.battlestream.local.scale.adapter.RunJson;
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
        description = "Lists scale runs, newest first.",
        mixinStandardHelpOptions = true)
final class ScaleListCommand implements Callable<Integer> {

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--state",
            description = "Only queued, running, completed, failed, canceled or timeout.")
    private @Nullable String state;

    @Option(names = "--cursor", description = "Go on behind a page, with what that page said.")
    private @Nullable String cursor;

    @Option(names = "--limit", defaultValue = "20", description = "At most so many, 1 to 200.")
    private int limit;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    ScaleListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PrintWriter out = Output.of(spec);
        try (Gateway gateway = session.gateway()) {
            JsonNode page = gateway.listRuns(parameters());
            if (json) {
                out.println(BattleJson.pretty(page));
                return EndCodes.OK;
            }
            List<ListedRun> runs = new ArrayList<>();
            page.path("runs").forEach(node -> runs.add(RunJson.listed(node)));
            if (runs.isEmpty()) {
                out.println("No runs");
                return EndCodes.OK;
            }
            RunTable.lines(runs, ZoneId.systemDefault()).forEach(out::println);
            String next = page.path("nextCursor").asString("");
            if (!next.isEmpty()) {
                out.println("More with --cursor " + next);
            }
            return EndCodes.OK;
        }
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (state != null) {
            parameters.put("state", state);
        }
        if (cursor != null) {
            parameters.put("cursor", cursor);
        }
        parameters.put("limit", Integer.toString(limit));
        return parameters;
    }
}
