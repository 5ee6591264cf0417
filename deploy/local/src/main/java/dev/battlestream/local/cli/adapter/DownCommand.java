package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.adapter.Platform;
import dev.battlestream.local.platform.adapter.Progress;
import dev.battlestream.local.text.Figures;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "down",
        description = "Stops everything gracefully; the data stays.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    DownCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        stop(session.platform(), Output.of(spec));
        return EndCodes.OK;
    }

    /** Takes the platform down, saying what ran. */
    static void stop(Platform platform, PrintWriter out) {
        long begun = System.nanoTime();
        Set<Component> ran =
                platform.down(
                        new Progress() {
                            @Override
                            public void ready(Component component, Duration took) {}

                            @Override
                            public void note(String line) {
                                out.println(line);
                                out.flush();
                            }
                        });
        if (ran.isEmpty()) {
            out.println("Nothing runs in " + platform.home().folder());
        } else {
            out.printf(
                    "Stopped %s in %s; the data stays in %s%n",
                    ran.stream().map(Component::label).collect(Collectors.joining(", ")),
                    Figures.duration(Duration.ofNanos(System.nanoTime() - begun)),
                    platform.home().folder());
        }
        out.flush();
    }
}
