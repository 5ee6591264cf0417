package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.BattleStatus;
import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.battles.Lines;
import dev.battlestream.local.battles.Message;
import dev.battlestream.local.battles.Verdict;
import dev.battlestream.local.battles.adapter.BattleJson;
import dev.battlestream.local.battles.adapter.Gateway;
import java.io.PrintWriter;
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
        name = "battle",
        description = "Starts, lists, watches, reads, cancels and deletes battles.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BattleStartCommand.class,
            BattleListCommand.class,
            BattleDeleteCommand.class
        })
final class BattleCommand implements Runnable {

    private static final String ID = "The battle's id.";
    private static final String JSON = "As JSON, for programs.";
    private static final int PAGE = 200;

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    BattleCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Missing required subcommand");
        }
    }

    @Command(
            name = "watch",
            description = "Shows a battle turn by turn until it ends; the exit code says how.",
            mixinStandardHelpOptions = true)
    int watch(
            @Parameters(paramLabel = "id", description = ID) UUID id,
            @Option(names = "--json", description = "One JSON object for each event.")
                    boolean json) {
        try (Gateway gateway = session.gateway()) {
            gateway.status(id);
            return Watch.untilEnd(gateway, id, json, out());
        }
    }

    @Command(
            name = "status",
            description = "Shows how a battle is doing.",
            mixinStandardHelpOptions = true)
    int status(
            @Parameters(paramLabel = "id", description = ID) UUID id,
            @Option(names = "--json", description = JSON) boolean json) {
        try (Gateway gateway = session.gateway()) {
            JsonNode status = gateway.status(id);
            BattleStatus read = BattleJson.status(status);
            out().println(json ? BattleJson.pretty(status) : Lines.of(read));
            return EndCodes.OK;
        }
    }

    @Command(
            name = "messages",
            description = "Shows a battle's messages.",
            mixinStandardHelpOptions = true)
    int messages(
            @Parameters(paramLabel = "id", description = ID) UUID id,
            @Option(
                            names = "--since",
                            defaultValue = "0",
                            description = "Only those after this sequence number.")
                    int since,
            @Option(names = "--json", description = JSON) boolean json) {
        try (Gateway gateway = session.gateway()) {
            JsonNode page = gateway.messages(id, since, PAGE);
            PrintWriter out = out();
            if (json) {
                out.println(BattleJson.pretty(page));
                return EndCodes.OK;
            }
            for (JsonNode node : page.path("messages")) {
                Message message = BattleJson.message(node);
                out.printf("%4d  %s  (%s)%n", message.seq(), message.role(), message.model());
                message.content().lines().forEach(line -> out.println("      " + line));
            }
            return EndCodes.OK;
        }
    }

    @Command(
            name = "verdicts",
            description = "Shows what the judge decided.",
            mixinStandardHelpOptions = true)
    int verdicts(
            @Parameters(paramLabel = "id", description = ID) UUID id,
            @Option(
                            names = "--since",
                            defaultValue = "0",
                            description = "Only those after this turn.")
                    int since,
            @Option(names = "--json", description = JSON) boolean json) {
        try (Gateway gateway = session.gateway()) {
            JsonNode page = gateway.verdicts(id, since, PAGE);
            PrintWriter out = out();
            if (json) {
                out.println(BattleJson.pretty(page));
                return EndCodes.OK;
            }
            for (JsonNode node : page.path("verdicts")) {
                Verdict verdict = BattleJson.verdict(node);
                out.println(Lines.of(verdict));
            }
            return EndCodes.OK;
        }
    }

    @Command(
            name = "cancel",
            description = "Asks for a battle's end.",
            mixinStandardHelpOptions = true)
    int cancel(
            @Parameters(paramLabel = "id", description = ID) UUID id,
            @Option(names = "--json", description = JSON) boolean json) {
        try (Gateway gateway = session.gateway()) {
            JsonNode answer = gateway.cancel(id);
            out().println(json ? BattleJson.pretty(answer) : "The end of " + id + " was asked for");
            return EndCodes.OK;
        }
    }

    private PrintWriter out() {
        return Output.of(spec);
    }
}
