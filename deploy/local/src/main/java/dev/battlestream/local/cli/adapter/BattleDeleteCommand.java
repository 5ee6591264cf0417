package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.battles.adapter.BattleJson;
import dev.battlestream.local.battles.adapter.Gateway;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "delete",
        description = {
            "Deletes a battle that has ended, for good.",
            "It needs a key with the scope admin, where the gateway asks for keys."
        },
        mixinStandardHelpOptions = true)
final class BattleDeleteCommand implements Callable<Integer> {

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "id", description = "The battle's id.")
    private @Nullable UUID id;

    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask.")
    private boolean yes;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    BattleDeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        UUID battle = id;
        if (battle == null) {
            throw new IllegalStateException("picocli fills in the parameters");
        }
        try (Gateway gateway = session.gateway()) {
            // Before the question: nobody is to agree to what cannot be done.
            gateway.status(battle);
            if (!yes && !agreed(battle)) {
                Output.errorsOf(spec).println("Nothing was deleted; --yes deletes without asking");
                return EndCodes.USAGE;
            }
            JsonNode answer = gateway.delete(battle);
            PrintWriter out = Output.of(spec);
            out.println(json ? BattleJson.pretty(answer) : battle + " is deleted");
            return EndCodes.OK;
        }
    }

    private static boolean agreed(UUID battle) {
        Optional<Console> terminal = Output.terminal();
        if (terminal.isEmpty()) {
            return false;
        }
        String answer =
                terminal.get().readLine("Delete the battle %s for good? [y/N] ", battle.toString());
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }
}
