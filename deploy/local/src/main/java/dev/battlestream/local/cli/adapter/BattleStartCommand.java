package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.battles.Lines;
import dev.battlestream.local.battles.adapter.BattleJson;
import dev.battlestream.local.battles.adapter.Gateway;
import dev.battlestream.local.specs.adapter.SpecFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "start",
        description = {
            "Starts a battle and prints its id. Without options the shipped scripted agent plays."
        },
        mixinStandardHelpOptions = true)
final class BattleStartCommand implements Callable<Integer> {

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--spec",
            description = "A YAML file with the battle, see examples; options override.")
    private @Nullable Path specification;

    @Option(names = "--body", description = "A JSON file with the whole request; options override.")
    private @Nullable Path body;

    @Option(names = "--model", description = "Such as scripted:never or openai:gpt-4o-mini.")
    private @Nullable String model;

    @Option(names = "--goal", description = "What the agent is to reach.")
    private @Nullable String goal;

    @Option(names = "--system-prompt", description = "Who the agent is.")
    private @Nullable String systemPrompt;

    @Option(names = "--agent", description = "The agent's name in reports.")
    private @Nullable String agent;

    @Option(names = "--message-limit", description = "The most messages of the agent, 1 to 25.")
    private @Nullable Integer messageLimit;

    @Option(names = "--timeout", description = "Seconds until the battle ends unfinished.")
    private @Nullable Integer timeoutSeconds;

    @Option(names = "--budget", description = "US dollars that may be spent, such as 0.50.")
    private @Nullable String budgetUsd;

    @Option(names = "--seed", description = "What the models are asked with as their seed.")
    private @Nullable Long seed;

    @Option(names = "--judge-model", description = "The model that judges each turn.")
    private @Nullable String judgeModel;

    @Option(names = "--label", description = "name=value, any number of times.")
    private Map<String, String> labels = new TreeMap<>();

    @Option(
            names = "--idempotency-key",
            description = "The same key and request start the same battle once.")
    private @Nullable String idempotencyKey;

    @Option(
            names = {"-f", "--follow"},
            description = "Shows the battle until it ends; the exit code says how.")
    private boolean follow;

    @Option(
            names = "--dry-run",
            description = "Prints what the battle would cost at most, by role; starts nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    BattleStartCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Output.of(spec);
        ObjectNode request = request();
        if (dryRun) {
            return estimate(request, out);
        }
        try (Gateway gateway = session.gateway()) {
            JsonNode answer = gateway.start(request, idempotencyKey);
            UUID id = UUID.fromString(answer.path("battleId").asString(""));
            if (json && !follow) {
                out.println(BattleJson.pretty(answer));
            } else if (json) {
                out.println(answer);
            } else {
                out.println(id);
            }
            out.flush();
            return follow ? Watch.untilEnd(gateway, id, json, out) : EndCodes.OK;
        }
    }

    private int estimate(ObjectNode request, PrintWriter out) {
        try (Gateway runner = session.runner()) {
            JsonNode answer = runner.estimate(request);
            if (json) {
                out.println(BattleJson.pretty(answer));
            } else {
                Lines.estimate(
                                answer.path("worstCaseUsd").path("agent").asString("0"),
                                answer.path("worstCaseUsd").path("opponent").asString("0"),
                                answer.path("worstCaseUsd").path("fastJudge").asString("0"),
                                answer.path("worstCaseUsd").path("strongJudge").asString("0"),
                                answer.path("totalUsd").asString("0"),
                                answer.path("cappedUsd").asString("0"))
                        .forEach(out::println);
            }
            out.flush();
            return EndCodes.OK;
        }
    }

    private ObjectNode request() throws IOException {
        ObjectNode request = written();
        put(request, "model", model);
        put(request, "goal", goal);
        put(request, "systemPrompt", systemPrompt);
        put(request, "agentId", agent);
        put(request, "budgetUsd", budgetUsd);
        if (messageLimit != null) {
            request.put("messageLimit", messageLimit);
        }
        if (timeoutSeconds != null) {
            request.put("timeoutSeconds", timeoutSeconds);
        }
        if (seed != null) {
            request.put("seed", seed);
        }
        if (judgeModel != null) {
            object(object(request, "judge"), "fast").put("model", judgeModel);
        }
        if (!labels.isEmpty()) {
            labels.forEach(object(request, "labels")::put);
        }
        return request;
    }

    private ObjectNode written() throws IOException {
        if (specification != null && body != null) {
            throw new IllegalArgumentException("--spec and --body exclude each other");
        }
        if (specification != null) {
            return SpecFile.battle(specification);
        }
        if (body == null) {
            return Gateway.body();
        }
        if (BattleJson.parse(Files.readString(body)) instanceof ObjectNode whole) {
            return whole;
        }
        throw new IllegalArgumentException(body + " holds no JSON object");
    }

    private static ObjectNode object(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode there ? there : parent.putObject(field);
    }

    private static void put(ObjectNode request, String field, @Nullable String value) {
        if (value != null) {
            request.put(field, value);
        }
    }
}
