package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.adapter.Home;
import dev.battlestream.testkit.ForkedProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "logs",
        description = "Shows the end of one log, or of all.",
        mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "process",
            description = "postgres, kafka, registry, report, runner, judge or gateway.")
    private @Nullable String process;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what is added, until interrupted.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "50",
            description = "How many lines of each (${DEFAULT-VALUE}).")
    private int lines;

    LogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Output.of(spec);
        Home home = session.platform().home();
        List<Component> shown =
                process == null ? List.of(Component.values()) : List.of(known(process));
        List<LogTail> tails = new ArrayList<>();
        for (Component component : shown) {
            String prefix = shown.size() > 1 ? "%-9s| ".formatted(component.label()) : "";
            tails.add(new LogTail(home.log(component), prefix));
            ForkedProcess.tail(home.log(component), Math.max(0, lines))
                    .forEach(line -> out.println(prefix + line));
        }
        out.flush();
        while (follow) {
            for (LogTail tail : tails) {
                tail.added().forEach(out::println);
            }
            out.flush();
            Thread.sleep(POLL);
        }
        return EndCodes.OK;
    }

    private static Component known(String label) {
        return Component.named(label)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "There is no process %s; there are %s"
                                        .formatted(
                                                label,
                                                String.join(
                                                        ", ",
                                                        Arrays.stream(Component.values())
                                                                .map(Component::label)
                                                                .toList()))));
    }
}
