package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.battles.adapter.GatewayException;
import dev.battlestream.local.platform.adapter.PlatformException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "battlestream",
        description = "Runs AI-agent battles on an event log, on this machine.",
        mixinStandardHelpOptions = true,
        version = "battlestream 0.1.0",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            ResetCommand.class,
            RebuildCommand.class,
            CheckCommand.class,
            DemoCommand.class,
            BattleCommand.class,
            ScaleCommand.class,
            ExportCommand.class,
            KeyCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Environment:",
            "  BATTLESTREAM_HOME       folder of data, logs and state (.battlestream)",
            "  BATTLESTREAM_PORT_BASE  the gateway's port; all others follow it (8080)",
            "  BATTLESTREAM_JAVA_HOME  a JDK 25 or later, when none is found",
            "  BATTLESTREAM_JAVA_OPTIONS  more options for each service's JVM, such as -Xmx1g",
            "  BATTLESTREAM_API_KEY    the key for a gateway that asks for one",
            "  BATTLESTREAM_ANALYST_PASSWORD  of the database's login for analysts (analyst)",
            "  BROWSER                 the program that opens a report, when it is not the desktop's",
            "  OPENAI_API_KEY, OPENAI_BASE_URL  for models called openai:<name>",
            "",
            "Exit codes:",
            "  0 done, or the followed battle reached its goal   1 failed",
            "  2 wrong usage or invalid request                  3 the platform does not run",
            "  4 no such battle or run                           5 refused",
            "  A followed battle that ended otherwise: 10 limit, 11 plateau, 12 budget,",
            "  13 error, 14 manual, 15 timeout, 16 stopped by a word of the opponent",
            "  scale start has its own, for builds: 0 goals reached, 100 too few, 1 an error"
        })
public final class Battlestream {

    private Battlestream() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int code =
                commandLine(System.getenv())
                        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                        .execute(args);
        System.exit(code);
    }

    /** The command line under a given environment. */
    static CommandLine commandLine(Map<String, String> environment) {
        Session session = new Session(environment);
        return new CommandLine(new Battlestream(), new Commands(session))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Battlestream::explain)
                .setUsageHelpAutoWidth(true);
    }

    /** Known causes are told in their own words; only a bug shows its stack trace. */
    private static int explain(
            Exception cause, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        return switch (cause) {
            case GatewayException e -> {
                err.println(e.getMessage());
                yield EndCodes.ofHttp(e.status());
            }
            case PlatformException e -> {
                err.println(e.getMessage());
                yield EndCodes.FAILED;
            }
            case IllegalArgumentException e -> {
                err.println(e.getMessage());
                yield EndCodes.USAGE;
            }
            default -> {
                cause.printStackTrace(err);
                yield EndCodes.FAILED;
            }
        };
    }
}
