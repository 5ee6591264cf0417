package dev.battlestream.local.cli.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.battles.Lines;
import dev.battlestream.local.battles.SseEvent;
import dev.battlestream.local.battles.adapter.BattleJson;
import dev.battlestream.local.battles.adapter.BattleStream;
import dev.battlestream.local.battles.adapter.Gateway;
import java.io.PrintWriter;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Prints a battle while it is played. */
final class Watch {

    private Watch() {}

    /** Follows the battle and answers the exit code that its end stands for. */
    static int untilEnd(Gateway gateway, UUID id, boolean json, PrintWriter out) {
        new BattleStream(gateway)
                .follow(
                        id,
                        event -> {
                            if (json) {
                                out.println(object(event));
                            } else {
                                print(event, out);
                            }
                            out.flush();
                        });
        var ended = gateway.statusOf(id);
        if (!json) {
            out.println(Lines.of(ended));
            out.flush();
        }
        return EndCodes.ofEnd(ended.endedReason());
    }

    private static void print(SseEvent event, PrintWriter out) {
        JsonNode data = BattleJson.parse(event.data());
        switch (event.name()) {
            case "message" -> out.println(Lines.of(BattleJson.message(data)));
            case "verdict" -> out.println(Lines.of(BattleJson.verdict(data)));
            default -> {
                // Status, deltas and retries are for programs: they get them with --json.
            }
        }
    }

    /** An event as one line of JSON. */
    static String object(SseEvent event) {
        ObjectNode line = Gateway.body();
        line.put("event", event.name());
        if (event.id() != null) {
            line.put("id", event.id());
        }
        line.set("data", BattleJson.parse(event.data()));
        return line.toString();
    }
}
