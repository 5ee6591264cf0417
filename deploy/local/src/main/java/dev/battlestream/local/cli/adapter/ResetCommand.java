package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.platform.adapter.Platform;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "reset",
        description = "Stops everything and deletes its data, state and logs.",
        mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask.")
    private boolean yes;

    ResetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PrintWriter out = Output.of(spec);
        Platform platform = session.platform();
        if (!yes && !agreed(platform)) {
            Output.errorsOf(spec).println("Nothing was deleted; --yes deletes without asking");
            return EndCodes.USAGE;
        }
        DownCommand.stop(platform, out);
        platform.deleteEverything();
        out.println("Deleted what was in " + platform.home().folder());
        out.flush();
        return EndCodes.OK;
    }

    private static boolean agreed(Platform platform) {
        Optional<Console> terminal = Output.terminal();
        if (terminal.isEmpty()) {
            return false;
        }
        String answer =
                terminal.get()
                        .readLine(
                                "Delete every battle and log in %s? [y/N] ",
                                platform.home().folder());
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }
}
