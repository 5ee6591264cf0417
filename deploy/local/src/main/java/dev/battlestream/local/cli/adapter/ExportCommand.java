package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.export.ExportFormat;
import dev.battlestream.local.export.Period;
import dev.battlestream.local.export.Subject;
import dev.battlestream.local.export.adapter.ArchiveExport;
import dev.battlestream.local.export.adapter.ExportException;
import dev.battlestream.local.export.adapter.ExportTarget;
import dev.battlestream.local.platform.adapter.AnalystLogin;
import dev.battlestream.local.platform.adapter.Home;
import dev.battlestream.local.text.Figures;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = {
            "Writes battles, messages or decisions of the archive into a file, for other tools.",
            "Rows come in no order. The password is that of BATTLESTREAM_ANALYST_PASSWORD."
        },
        footer =
                "Exit code 2 for a bad option, 3 without a database, 4 without an archive in it,"
                        + " 5 when the login or the right to read is refused, else 1.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

    private static final String STANDARD_OUTPUT = "-";
    private static final Duration TELLING = Duration.ofSeconds(2);

    private final Session session;
    private long toldAt;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--what",
            defaultValue = "battles",
            description = "One of ${COMPLETION-CANDIDATES}; battles if it is left out.")
    private Subject what = Subject.BATTLES;

    @Option(
            names = "--format",
            defaultValue = "csv",
            description = "One of ${COMPLETION-CANDIDATES}; csv if it is left out.")
    private ExportFormat format = ExportFormat.CSV;

    @Option(
            names = "--from",
            description = "From this day or time on, as 2026-01-31 or 2026-01-31T12:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", description = "Before this day or time.")
    private @Nullable String to;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = STANDARD_OUTPUT,
            description = "Into this file, replaced when all is there; - is standard output.")
    private String out = STANDARD_OUTPUT;

    @Option(
            names = "--jdbc",
            paramLabel = "URL",
            description = "Of another archive, as jdbc:postgresql://host:5432/battlestream.")
    private @Nullable String jdbc;

    @Option(names = "--user", description = "Who reads; analyst if it is left out.")
    private String user = AnalystLogin.USER;

    ExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Period period = Period.between(from, to);
        Map<String, String> environment = session.environment();
        ArchiveExport export =
                new ArchiveExport(url(environment), user, AnalystLogin.password(environment));
        PrintWriter err = Output.errorsOf(spec);
        ExportTarget target =
                out.equals(STANDARD_OUTPUT)
                        ? ExportTarget.stream(new FileOutputStream(FileDescriptor.out))
                        : ExportTarget.file(Path.of(out));
        long begun = System.nanoTime();
        toldAt = begun;
        try {
            long rows =
                    export.run(
                            what,
                            period,
                            format,
                            target,
                            count -> tell(err, count, target.bytes()));
            err.printf(
                    Locale.ROOT,
                    "%,d %s%s, %s, after %s%n",
                    rows,
                    what,
                    out.equals(STANDARD_OUTPUT) ? "" : " in " + out,
                    size(target.bytes()),
                    Figures.duration(Duration.ofNanos(System.nanoTime() - begun)));
            err.flush();
            return EndCodes.OK;
        } catch (ExportException e) {
            err.println(e.getMessage());
            return e.code();
        } catch (IOException e) {
            err.println("The export cannot be written: " + e.getMessage());
            return EndCodes.FAILED;
        }
    }

    private String url(Map<String, String> environment) {
        if (jdbc == null) {
            return AnalystLogin.url(Home.from(environment).ports());
        }
        if (!jdbc.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "--jdbc is %s, but must be like jdbc:postgresql://host:5432/battlestream"
                            .formatted(jdbc));
        }
        return jdbc;
    }

    private void tell(PrintWriter err, long rows, long bytes) {
        long now = System.nanoTime();
        if (now - toldAt >= TELLING.toNanos()) {
            toldAt = now;
            err.printf(Locale.ROOT, "  %,d %s, %s%n", rows, what, size(bytes));
            err.flush();
        }
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
