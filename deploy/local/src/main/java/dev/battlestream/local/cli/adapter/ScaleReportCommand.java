package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.battles.adapter.Gateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "report",
        description = "Prints a run's report, or writes it into a file, or shows it in a browser.",
        mixinStandardHelpOptions = true)
final class ScaleReportCommand implements Callable<Integer> {

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    /** Filled in by picocli before the call. */
    @Parameters(paramLabel = "id", description = "The run's id.")
    private UUID id = new UUID(0, 0);

    @Option(
            names = "--format",
            description = "One of ${COMPLETION-CANDIDATES}; json, or html with --open.")
    private @Nullable Format format;

    @Option(names = "--out", description = "Into this file; with --open, one in a new folder.")
    private @Nullable Path out;

    @Option(names = "--open", description = "Shows it with the program that the desktop has.")
    private boolean open;

    @Option(names = "--partial", description = "Also of a run that goes on.")
    private boolean partial;

    private enum Format {
        HTML,
        JSON,
        CSV;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ScaleReportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Format wanted = format == null ? (open ? Format.HTML : Format.JSON) : format;
        String report;
        try (Gateway gateway = session.gateway()) {
            report = gateway.runReport(id, wanted.toString(), partial);
        }
        PrintWriter console = Output.of(spec);
        if (out == null && !open) {
            console.print(report);
            if (!report.endsWith("\n")) {
                console.println();
            }
            console.flush();
            return EndCodes.OK;
        }
        try {
            Path file = out == null ? temporary(wanted) : out;
            WholeFile.write(file, report);
            console.println("The report is in " + file);
            console.flush();
            if (open) {
                Desktop.open(session.environment(), file);
            }
            return EndCodes.OK;
        } catch (IOException e) {
            Output.errorsOf(spec).println("The report cannot be written or opened: " + e);
            return EndCodes.FAILED;
        }
    }

    /** In a folder of its own: a name in the shared one could be anybody's. */
    private Path temporary(Format wanted) throws IOException {
        return Files.createTempDirectory("battlestream-")
                .resolve("run-%s.%s".formatted(id, wanted));
    }
}
