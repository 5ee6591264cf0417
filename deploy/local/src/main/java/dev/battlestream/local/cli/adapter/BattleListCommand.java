package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.BattleTable;
import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.battles.ListedBattle;
import dev.battlestream.local.battles.adapter.BattleJson;
import dev.battlestream.local.battles.adapter.Gateway;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description = {
            "Lists battles, newest first.",
            "A battle is listed a moment after its start; one that waits counts as running."
        },
        mixinStandardHelpOptions = true)
final class BattleListCommand implements Callable<Integer> {

    private static final Listing<ListedBattle> BATTLES =
            new Listing<>("battles", BattleJson::listed, BattleTable::lines);

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    @Mixin private final ListOptions options = new ListOptions();

    @Option(names = "--run", description = "Only those of this scale run.")
    private @Nullable String run;

    BattleListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Gateway gateway = session.gateway()) {
            BATTLES.show(gateway.list(parameters()), options.json(), Output.of(spec));
            return EndCodes.OK;
        }
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = options.parameters();
        if (run != null) {
            parameters.put("runId", run);
        }
        return parameters;
    }
}
