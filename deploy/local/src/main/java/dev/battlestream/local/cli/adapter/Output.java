package dev.battlestream.local.cli.adapter;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command writes. */
final class Output {

    private Output() {}

    /** The standard output of a command that picocli has filled in. */
    static PrintWriter of(@Nullable CommandSpec spec) {
        return command(spec).commandLine().getOut();
    }

    /** The standard error of a command that picocli has filled in. */
    static PrintWriter errorsOf(@Nullable CommandSpec spec) {
        return command(spec).commandLine().getErr();
    }

    /** The command line of a command that picocli has filled in. */
    static CommandLine commandLineOf(@Nullable CommandSpec spec) {
        return command(spec).commandLine();
    }

    /** The terminal that a person sits at, if it is one. */
    @SuppressWarnings("SystemConsoleNull") // JDK 25 answers null again where there is no terminal
    static Optional<Console> terminal() {
        Console console = System.console();
        return console == null || !console.isTerminal() ? Optional.empty() : Optional.of(console);
    }

    private static CommandSpec command(@Nullable CommandSpec spec) {
        return Objects.requireNonNull(spec, "picocli fills in the specification");
    }
}
