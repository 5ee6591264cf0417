package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.keys.NewKey;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "key",
        description = "Makes API keys for the gateway; needs no running platform.",
        mixinStandardHelpOptions = true)
final class KeyCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Missing required subcommand");
        }
    }

    @Command(
            name = "new",
            description = "Prints a new key, once, and what to tell the gateway of it.",
            mixinStandardHelpOptions = true)
    int make(
            @Option(names = "--name", required = true, description = "Whose key it is.")
                    String name,
            @Option(
                            names = "--scopes",
                            split = ",",
                            defaultValue = "read,start",
                            description =
                                    "What it allows, of ${COMPLETION-CANDIDATES}"
                                            + " (${DEFAULT-VALUE}).")
                    List<NewKey.Scope> scopes,
            @Option(
                            names = "--index",
                            defaultValue = "0",
                            description = "Its place among the gateway's keys (${DEFAULT-VALUE}).")
                    int index) {
        byte[] random = new byte[NewKey.BYTES];
        new SecureRandom().nextBytes(random);
        NewKey key = NewKey.of(name, new LinkedHashSet<>(scopes), random);
        PrintWriter out = Output.of(spec);
        out.println(key.key());
        out.println();
        out.println(
                "This is the only time the key is shown. Tell the gateway its hash, as a line of");
        out.println("battlestream.access.keys:");
        out.println();
        out.println("  " + key.yaml());
        out.println();
        out.println("or in its environment:");
        out.println();
        key.variables(index).forEach(line -> out.println("  " + line));
        out.flush();
        return EndCodes.OK;
    }
}
