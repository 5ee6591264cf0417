package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.adapter.Home;
import dev.battlestream.local.platform.adapter.Platform;
import dev.battlestream.local.text.Figures;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = "Starts what does not run yet: broker, database, registry and the services.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--infra",
            description = "Only broker, database and registry, for services run from an IDE.")
    private boolean infraOnly;

    UpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PrintWriter out = Output.of(spec);
        Platform platform = session.platform();
        Set<Component> wanted = EnumSet.allOf(Component.class);
        if (infraOnly) {
            wanted = EnumSet.copyOf(Component.of(Component.Kind.SERVER));
        }
        start(platform, wanted, out);
        return EndCodes.OK;
    }

    /** Brings the platform up, showing how, and answers what was started. */
    static Set<Component> start(Platform platform, Set<Component> wanted, PrintWriter out) {
        Home home = platform.home();
        long begun = System.nanoTime();
        Set<Component> started;
        try (ConsoleProgress progress = new ConsoleProgress(out, home.ports(), wanted.size())) {
            started = platform.up(wanted, progress);
        }
        boolean whole = wanted.contains(Component.GATEWAY);
        String where =
                whole ? home.ports().url(Component.GATEWAY) : home.ports().bootstrapServers();
        if (started.isEmpty()) {
            out.println("Already up: " + where);
        } else {
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            out.printf("Ready after %s: %s%n", Figures.duration(took), where);
        }
        out.flush();
        return started;
    }
}
