package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.battles.adapter.BattleJson;
import dev.battlestream.local.battles.adapter.Gateway;
import dev.battlestream.local.scale.RunLines;
import dev.battlestream.local.scale.adapter.RunJson;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "scale",
        description = "Plays many battles of one specification, and tells how they went.",
        mixinStandardHelpOptions = true,
        subcommands = {ScaleStartCommand.class, ScaleReportCommand.class, ScaleListCommand.class})
final class ScaleCommand implements Runnable {

    private static final String ID = "The run's id.";
    private static final String JSON = "As JSON, for programs.";

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    ScaleCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        throw new ParameterException(Output.commandLineOf(spec), "Missing required subcommand");
    }

    @Command(
            name = "status",
            description = "Shows how a run is doing.",
            mixinStandardHelpOptions = true)
    int status(
            @Parameters(paramLabel = "id", description = ID) UUID id,
            @Option(names = "--json", description = JSON) boolean json) {
        try (Gateway gateway = session.gateway()) {
            JsonNode status = gateway.runStatus(id);
            Output.of(spec)
                    .println(
                            json ? BattleJson.pretty(status) : RunLines.of(RunJson.status(status)));
            return EndCodes.OK;
        }
    }

    @Command(
            name = "cancel",
            description = "Asks for a run's end, and so for that of its battles.",
            mixinStandardHelpOptions = true)
    int cancel(
            @Parameters(paramLabel = "id", description = ID) UUID id,
            @Option(names = "--json", description = JSON) boolean json) {
        try (Gateway gateway = session.gateway()) {
            JsonNode answer = gateway.cancelRun(id);
            Output.of(spec)
                    .println(
                            json
                                    ? BattleJson.pretty(answer)
                                    : "The end of " + id + " was asked for");
            return EndCodes.OK;
        }
    }
}
