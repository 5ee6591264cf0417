package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.battles.adapter.Gateway;
import dev.battlestream.local.scale.ListedRun;
import dev.battlestream.local.scale.RunTable;
import dev.battlestream.local.scale.adapter.RunJson;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description = {
            "Lists scale runs, newest first.",
            "A run is listed a moment after its start; one that waits counts as running."
        },
        mixinStandardHelpOptions = true)
final class ScaleListCommand implements Callable<Integer> {

    private static final Listing<ListedRun> RUNS =
            new Listing<>("runs", RunJson::listed, RunTable::lines);

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    @Mixin private final ListOptions options = new ListOptions();

    ScaleListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Gateway gateway = session.gateway()) {
            RUNS.show(gateway.listRuns(options.parameters()), options.json(), Output.of(spec));
            return EndCodes.OK;
        }
    }
}
