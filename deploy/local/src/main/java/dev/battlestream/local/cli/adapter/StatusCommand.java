package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.Standing;
import dev.battlestream.local.platform.adapter.AnalystLogin;
import dev.battlestream.local.platform.adapter.Platform;
import dev.battlestream.local.text.Figures;
import dev.battlestream.local.text.Table;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "status",
        description = "Shows how each process stands; a dead one with the end of its log.",
        footer = "Exit code 0 when all is ready, 3 when nothing runs, 1 in between.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private final Session session;

    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PrintWriter out = Output.of(spec);
        Platform platform = session.platform();
        Map<Component, Standing> standings = platform.standings();
        if (json) {
            out.println(asJson(platform, standings).toPrettyString());
        } else {
            asTable(platform, standings).lines().forEach(out::println);
            out.printf(
                    "%s in all, data in %s%n",
                    Figures.memory(memory(standings)), platform.home().folder());
            if (standings.get(Component.POSTGRES) instanceof Standing.Ready) {
                out.printf(
                        "SQL  %s  (schema analytics, read only)%n",
                        AnalystLogin.door(platform.home().ports()));
            }
            standings.forEach((component, standing) -> {
                if (standing instanceof Standing.Dead) {
                    out.println(component.label() + " died" + platform.endOfLog(component));
                }
            });
        }
        out.flush();
        return code(standings);
    }

    /** The exit code for these standings. */
    static int code(Map<Component, Standing> standings) {
        if (standings.values().stream().allMatch(Standing.Ready.class::isInstance)) {
            return EndCodes.OK;
        }
        return standings.values().stream().allMatch(Standing.Stopped.class::isInstance)
                ? EndCodes.NOT_RUNNING
                : EndCodes.FAILED;
    }

    private static Table asTable(Platform platform, Map<Component, Standing> standings) {
        List<List<String>> rows = new ArrayList<>();
        standings.forEach((component, standing) ->
                rows.add(
                        List.of(
                                component.label(),
                                standing.word(),
                                "127.0.0.1:" + platform.home().ports().of(component),
                                pid(standing),
                                uptime(standing),
                                memory(standing) == 0 ? "" : Figures.memory(memory(standing)))));
        return new Table(List.of("process", "state", "address", "pid", "up for", "memory"), rows);
    }

    private static ArrayNode asJson(Platform platform, Map<Component, Standing> standings) {
        ArrayNode all = JsonMapper.builder().build().createArrayNode();
        standings.forEach((component, standing) -> {
            ObjectNode one = all.addObject();
            one.put("process", component.label());
            one.put("state", standing.word());
            one.put("port", platform.home().ports().of(component));
            if (component == Component.POSTGRES) {
                one.put("database", AnalystLogin.DATABASE);
                one.put("user", AnalystLogin.USER);
            }
            if (!pid(standing).isEmpty()) {
                one.put("pid", Long.parseLong(pid(standing)));
            }
            if (memory(standing) > 0) {
                one.put("memoryBytes", memory(standing));
            }
        });
        return all;
    }

    private static String pid(Standing standing) {
        return switch (standing) {
            case Standing.Ready ready -> Long.toString(ready.pid());
            case Standing.Starting starting -> Long.toString(starting.pid());
            case Standing.Dead dead -> Long.toString(dead.pid());
            case Standing.Stopped _ -> "";
        };
    }

    private static String uptime(Standing standing) {
        return switch (standing) {
            case Standing.Ready ready -> since(ready.since());
            case Standing.Starting starting -> since(starting.since());
            case Standing.Dead _, Standing.Stopped _ -> "";
        };
    }

    private static String since(Instant start) {
        return Figures.duration(Duration.between(start, Instant.now()));
    }

    private static long memory(Standing standing) {
        return switch (standing) {
            case Standing.Ready ready -> ready.memoryBytes();
            case Standing.Starting starting -> starting.memoryBytes();
            case Standing.Dead _, Standing.Stopped _ -> 0;
        };
    }

    private static long memory(Map<Component, Standing> standings) {
        return standings.values().stream().mapToLong(StatusCommand::memory).sum();
    }
}
