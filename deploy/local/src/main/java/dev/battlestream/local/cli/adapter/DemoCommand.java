package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.battles.adapter.Gateway;
import dev.battlestream.local.demo.adapter.Demonstration;
import dev.battlestream.local.demo.adapter.ModelDemonstration;
import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.adapter.Platform;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = {
            "Plays five battles, kills the runner with SIGKILL in the middle, starts it",
            "again, and shows that each battle ended as it must and nothing was paid twice.",
            "Starts the platform if needed, and leaves it running unless told otherwise."
        },
        footer = "Exit code 0 only when every expectation held.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--model",
            description = {
                "Plays one battle against this model instead, such as openai:gpt-4o-mini;",
                "OPENAI_API_KEY and OPENAI_BASE_URL say where it is."
            })
    private @Nullable String model;

    @Option(names = "--down", description = "Stops the platform afterwards.")
    private boolean down;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PrintWriter out = Output.of(spec);
        Platform platform = session.platform();
        Set<Component> running = EnumSet.allOf(Component.class);
        running.removeAll(UpCommand.start(platform, EnumSet.allOf(Component.class), out));
        boolean held;
        try (Gateway gateway = session.gateway()) {
            held =
                    model == null
                            ? new Demonstration(platform, gateway, out).play()
                            : new ModelDemonstration(platform, gateway, out).play(model, running);
        } finally {
            if (down) {
                DownCommand.stop(platform, out);
            }
        }
        if (!down) {
            out.println("The platform goes on running; ./battlestream down stops it.");
        }
        out.flush();
        return held ? EndCodes.OK : EndCodes.FAILED;
    }
}
