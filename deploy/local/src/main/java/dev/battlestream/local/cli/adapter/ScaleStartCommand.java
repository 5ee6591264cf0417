package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.SseEvent;
import dev.battlestream.local.battles.adapter.BattleJson;
import dev.battlestream.local.battles.adapter.Gateway;
import dev.battlestream.local.battles.adapter.GatewayException;
import dev.battlestream.local.scale.RunCodes;
import dev.battlestream.local.scale.RunLines;
import dev.battlestream.local.scale.RunStatus;
import dev.battlestream.local.scale.adapter.JUnitXml;
import dev.battlestream.local.scale.adapter.RunJson;
import dev.battlestream.local.scale.adapter.RunStream;
import dev.battlestream.local.specs.adapter.SpecFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "start",
        description = "Starts a scale run from a file and prints its id.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = RunCodes.FAILED,
        footer = {
            "",
            "Exit codes, made for a build:",
            "  0 started; when followed: every battle reached its goal, or --min-success is kept",
            "  100 the followed run ended below that",
            "  1 an error: bad input, refused, the run failed, or nothing answers"
        })
final class ScaleStartCommand implements Callable<Integer> {

    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--spec",
            required = true,
            description = "A YAML file with the run, see examples; options override.")
    private Path specification = Path.of("");

    @Option(names = "--runs", description = "How many battles are played.")
    private @Nullable Integer runs;

    @Option(names = "--concurrency", description = "How many of them at once at most.")
    private @Nullable Integer concurrency;

    @Option(names = "--budget", description = "US dollars that all may cost, such as 2.50.")
    private @Nullable String budgetUsd;

    @Option(names = "--seed", description = "Battle n asks its models with this plus n minus 1.")
    private @Nullable Long seed;

    @Option(names = "--label", description = "name=value, any number of times.")
    private Map<String, String> labels = new TreeMap<>();

    @Option(
            names = {"-f", "--follow"},
            description = "Shows the run until it ends; the exit code says how.")
    private boolean follow;

    @Option(
            names = "--min-success",
            description = "Follows; percent of the battles that must reach their goal, else all.")
    private @Nullable BigDecimal minSuccess;

    @Option(
            names = "--junit",
            description = "Follows, and writes a test case for each battle into this file.")
    private @Nullable Path junit;

    @Option(names = "--json", description = "As JSON, for programs; one object for each event.")
    private boolean json;

    ScaleStartCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (minSuccess != null && (minSuccess.signum() < 0 || minSuccess.compareTo(ALL) > 0)) {
            throw new ParameterException(
                    Output.commandLineOf(spec), "--min-success must be 0 to 100");
        }
        try {
            return start(request(), Output.of(spec));
        } catch (GatewayException | IllegalArgumentException e) {
            Output.errorsOf(spec).println(e.getMessage());
        } catch (IOException e) {
            Output.errorsOf(spec).println(junit + " cannot be written: " + e);
        }
        return RunCodes.FAILED;
    }

    private int start(ObjectNode request, PrintWriter out) throws IOException {
        boolean waits = follow || minSuccess != null || junit != null;
        try (Gateway gateway = session.gateway()) {
            JsonNode answer = gateway.startRun(request);
            UUID id = UUID.fromString(answer.path("runId").asString(""));
            if (json && !waits) {
                out.println(BattleJson.pretty(answer));
            } else if (json) {
                out.println(answer);
            } else {
                out.println(id);
            }
            out.flush();
            if (!waits) {
                return RunCodes.REACHED;
            }
            RunStatus ended = follow(gateway, id, out);
            if (junit != null) {
                WholeFile.write(junit, JUnitXml.of(new RunStream(gateway).reportOfEnded(id)));
            }
            return RunCodes.of(ended, minSuccess);
        }
    }

    private RunStatus follow(Gateway gateway, UUID id, PrintWriter out) {
        RunStream stream = new RunStream(gateway);
        if (json) {
            return stream.follow(
                    id,
                    event -> {
                        out.println(Watch.object(event));
                        out.flush();
                    });
        }
        RunStatus ended;
        try (RunProgress progress = new RunProgress(out, Output.terminal().isPresent())) {
            ended = stream.follow(id, event -> show(event, progress));
        }
        out.println(RunLines.of(ended));
        out.flush();
        return ended;
    }

    private static void show(SseEvent event, RunProgress progress) {
        if (event.name().equals("status")) {
            progress.show(RunJson.status(BattleJson.parse(event.data())));
        }
    }

    private ObjectNode request() {
        ObjectNode request = SpecFile.run(specification);
        if (runs != null) {
            request.put("runCount", runs);
        }
        if (concurrency != null) {
            request.put("concurrency", concurrency);
        }
        if (budgetUsd != null) {
            request.put("budgetUsd", budgetUsd);
        }
        if (seed != null) {
            request.put("seed", seed);
        }
        if (!labels.isEmpty()) {
            ObjectNode all =
                    request.get("labels") instanceof ObjectNode there
                            ? there
                            : request.putObject("labels");
            labels.forEach(all::put);
        }
        return request;
    }
}
