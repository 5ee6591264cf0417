package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.check.Tally;
import dev.battlestream.local.check.adapter.Findings;
import dev.battlestream.local.check.adapter.LogCheck;
import dev.battlestream.local.check.adapter.Scope;
import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.Standing;
import dev.battlestream.local.platform.adapter.Platform;
import dev.battlestream.local.text.Figures;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = {
            "Reads the log, folds battles and runs itself, and compares with what views and archive say.",
            "One line for each difference; contents are shown as digests."
        },
        footer = {"", "Exit code 0 when nothing differs and all could be said, 1 otherwise."},
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    private static final int DEFAULT_SAMPLE = 100;
    private static final int MOST_LINES = 1_000;

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    @ArgGroup(exclusive = true)
    private @Nullable Which which;

    /** At most one of them. */
    private static final class Which {

        @Option(
                names = "--sample",
                paramLabel = "N",
                description = "So many battles and runs that have ended, drawn anew (100).")
        private int sample = DEFAULT_SAMPLE;

        @Option(names = "--all", description = "All battles and runs that have ended.")
        private boolean all;

        @Option(names = "--battle", paramLabel = "ID", description = "This battle only.")
        private @Nullable UUID battle;

        private Scope scope() {
            if (battle != null) {
                return new Scope.Battle(battle.toString());
            }
            return all ? new Scope.All() : new Scope.Sample(sample);
        }
    }

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description =
                    "How long to wait for a view or archive that is behind (${DEFAULT-VALUE}).")
    private long waitSeconds = 60;

    @Option(
            names = "--view-days",
            paramLabel = "DAYS",
            defaultValue = "30",
            description = "What is older may have left the views (${DEFAULT-VALUE}).")
    private long viewDays = 30;

    CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (waitSeconds < 0 || viewDays < 0) {
            throw new IllegalArgumentException("--wait and --view-days are not negative");
        }
        Platform platform = session.platform();
        Map<Component, Standing> standings = platform.standings();
        for (Component needed : List.of(Component.KAFKA, Component.REGISTRY, Component.REPORT)) {
            Standing standing = standings.get(needed);
            if (standing == null || !standing.runs()) {
                Output.errorsOf(spec)
                        .printf(
                                "The %s does not run; ./battlestream up starts what is missing%n",
                                needed.label());
                return EndCodes.NOT_RUNNING;
            }
        }
        Scope scope = which == null ? new Scope.Sample(DEFAULT_SAMPLE) : which.scope();
        return check(platform, scope);
    }

    private int check(Platform platform, Scope scope) {
        PrintWriter out = Output.of(spec);
        long begun = System.nanoTime();
        try (LogCheck check =
                new LogCheck(
                        platform.home().ports(),
                        new Lines(out),
                        Instant.now().minus(Duration.ofDays(viewDays)),
                        Duration.ofSeconds(waitSeconds))) {
            Tally battles = check.battles(scope);
            Tally runs = scope instanceof Scope.Battle ? Tally.NOTHING : check.runs(scope);
            summary(out, "battles", battles);
            summary(out, "runs", runs);
            out.printf(
                    "%,d records read in %s%n",
                    check.records(), Figures.duration(Duration.ofNanos(System.nanoTime() - begun)));
            if (scope instanceof Scope.Battle && battles.equals(Tally.NOTHING)) {
                out.println("The log does not have this battle");
                return EndCodes.NOT_FOUND;
            }
            Tally all = battles.plus(runs);
            return all.different() == 0 && all.unsettled() == 0 ? EndCodes.OK : EndCodes.FAILED;
        } finally {
            out.flush();
        }
    }

    private static void summary(PrintWriter out, String what, Tally tally) {
        out.printf(
                "%-8s %,d checked, %,d differ; not compared: %,d running, %,d not settled, %,d older than the log; %,d in the archive only%n",
                what,
                tally.checked(),
                tally.different(),
                tally.running(),
                tally.unsettled(),
                tally.older(),
                tally.gone());
    }

    /** So many lines at most; the summary counts the rest. */
    private static final class Lines implements Findings {

        private final PrintWriter out;
        private long printed;

        Lines(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void differs(String line) {
            printed++;
            if (printed <= MOST_LINES) {
                out.println(line);
            } else if (printed == MOST_LINES + 1) {
                out.println("… and more");
            }
        }

        @Override
        public void note(String line) {
            out.println(line);
        }
    }
}
