package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.Standing;
import dev.battlestream.local.platform.adapter.Platform;
import dev.battlestream.local.platform.adapter.Progress;
import dev.battlestream.local.rebuild.Stretch;
import dev.battlestream.local.rebuild.View;
import dev.battlestream.local.rebuild.adapter.ArchiveRebuild;
import dev.battlestream.local.rebuild.adapter.ViewRebuild;
import dev.battlestream.local.text.Figures;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "rebuild",
        description = {
            "Drops a view or the archive and folds it again from the log.",
            "Battles go on meanwhile; what is dropped cannot be read until it is folded again."
        },
        footer = {
            "",
            "Interrupted, it can be run again.",
            "Exit code 0 when all is folded, 1 when not within --wait, 5 when the log",
            "no longer has what the archive would be filled with."
        },
        mixinStandardHelpOptions = true)
final class RebuildCommand implements Callable<Integer> {

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private What what = new What();

    /** Exactly one of both. */
    private static final class What {

        @Option(
                names = "--view",
                paramLabel = "VIEW",
                description = "Which view: ${COMPLETION-CANDIDATES}.")
        private @Nullable Views views;

        @Option(
                names = "--archive",
                description = "The archive, as far as the log can tell it again.")
        private boolean archive;
    }

    /** The choice of views. */
    enum Views {
        BATTLES,
        RUNS,
        ALL;

        private Set<View> views() {
            return switch (this) {
                case BATTLES -> EnumSet.of(View.BATTLES);
                case RUNS -> EnumSet.of(View.RUNS);
                case ALL -> EnumSet.allOf(View.class);
            };
        }

        /** How it is shown and typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask.")
    private boolean yes;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "3600",
            description = "How long to wait until all is folded (${DEFAULT-VALUE}).")
    private long waitSeconds = 3600;

    RebuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (waitSeconds < 1) {
            throw new IllegalArgumentException("--wait is at least a second");
        }
        Platform platform = session.platform();
        if (!runs(platform, Component.KAFKA)) {
            Output.errorsOf(spec)
                    .println("The broker does not run; ./battlestream up starts what is missing");
            return EndCodes.NOT_RUNNING;
        }
        if (what.archive) {
            return rebuildArchive(platform);
        }
        Views chosen = what.views;
        if (chosen == null) {
            throw new IllegalStateException("picocli takes care that one is chosen");
        }
        return rebuildViews(platform, chosen.views());
    }

    private int rebuildViews(Platform platform, Set<View> views) {
        PrintWriter out = Output.of(spec);
        ViewRebuild rebuild = new ViewRebuild(platform, views);
        Stretch before = rebuild.toFold();
        out.printf(
                "The report service is stopped, its view of %s dropped and folded again from %,d records.%n",
                views.stream().map(View::label).sorted().collect(Collectors.joining(" and ")),
                before.total());
        out.println(
                "Battles go on. What the log no longer has leaves the view; the archive answers for it.");
        out.flush();
        if (!agreed()) {
            return EndCodes.USAGE;
        }
        long begun = System.nanoTime();
        Stretch stretch = rebuild.drop(noting(out));
        boolean folded;
        try (FoldBar bar = bar(out, "folding", "records folded")) {
            folded = rebuild.awaitFolded(stretch, Duration.ofSeconds(waitSeconds), bar);
        }
        return told(out, folded, stretch, begun);
    }

    private int rebuildArchive(Platform platform) {
        PrintWriter out = Output.of(spec);
        if (!runs(platform, Component.POSTGRES)) {
            Output.errorsOf(spec)
                    .println("The database does not run; ./battlestream up starts what is missing");
            return EndCodes.NOT_RUNNING;
        }
        ArchiveRebuild rebuild = new ArchiveRebuild(platform);
        Optional<String> refusal = rebuild.refusal();
        if (refusal.isPresent()) {
            Output.errorsOf(spec).println("Nothing was dropped: " + refusal.get());
            return EndCodes.REFUSED;
        }
        out.printf(
                "The report service is stopped; battles and runs whose requests are on the log are dropped from the archive and archived again from %,d records.%n",
                rebuild.toFold().total());
        out.println("Battles go on. What is older than that stays as it is.");
        out.flush();
        if (!agreed()) {
            return EndCodes.USAGE;
        }
        long begun = System.nanoTime();
        ArchiveRebuild.Kept kept;
        try (FoldBar bar = bar(out, "dropping", "battles and runs dropped")) {
            kept = rebuild.drop(noting(out), bar);
        }
        out.printf(
                "Kept as they were, being older than the log: %,d battles and %,d runs%n",
                kept.battles(), kept.runs());
        out.flush();
        Stretch stretch = rebuild.toFold();
        boolean folded;
        try (FoldBar bar = bar(out, "archiving", "records archived")) {
            folded = rebuild.awaitFolded(stretch, Duration.ofSeconds(waitSeconds), bar);
        }
        return told(out, folded, stretch, begun);
    }

    private int told(PrintWriter out, boolean folded, Stretch stretch, long begun) {
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        if (folded) {
            out.printf(
                    "Folded %,d records; done after %s%n", stretch.total(), Figures.duration(took));
        } else {
            Output.errorsOf(spec)
                    .printf(
                            "Not all is folded after %s; the report service goes on with it%n",
                            Figures.duration(took));
        }
        out.flush();
        return folded ? EndCodes.OK : EndCodes.FAILED;
    }

    private static boolean runs(Platform platform, Component component) {
        Standing standing = platform.standings().get(component);
        return standing != null && standing.runs();
    }

    private static FoldBar bar(PrintWriter out, String task, String done) {
        return new FoldBar(out, Output.terminal().isPresent(), task, done);
    }

    private static Progress noting(PrintWriter out) {
        return new Progress() {
            @Override
            public void ready(Component component, Duration took) {}

            @Override
            public void note(String line) {
                out.println(line);
                out.flush();
            }
        };
    }

    private boolean agreed() {
        if (yes) {
            return true;
        }
        Optional<Console> terminal = Output.terminal();
        String answer = terminal.isEmpty() ? null : terminal.get().readLine("Go on? [y/N] ");
        boolean agreed = answer != null && answer.strip().equalsIgnoreCase("y");
        if (!agreed) {
            Output.errorsOf(spec).println("Nothing was dropped; --yes goes on without asking");
        }
        return agreed;
    }
}
