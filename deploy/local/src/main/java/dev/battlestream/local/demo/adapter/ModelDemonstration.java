package dev.battlestream.local.demo.adapter;

import dev.battlestream.local.battles.BattleStatus;
import dev.battlestream.local.battles.Lines;
import dev.battlestream.local.battles.SseEvent;
import dev.battlestream.local.battles.adapter.BattleJson;
import dev.battlestream.local.battles.adapter.BattleStream;
import dev.battlestream.local.battles.adapter.Gateway;
import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.adapter.Platform;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Plays one battle against a real model, which also judges. */
public final class ModelDemonstration {

    private static final int MESSAGE_LIMIT = 6;

    private final Platform platform;
    private final Gateway gateway;
    private final PrintWriter out;

    public ModelDemonstration(Platform platform, Gateway gateway, PrintWriter out) {
        this.platform = platform;
        this.gateway = gateway;
        this.out = out;
    }

    /**
     * Whether the battle was played out: to its goal, or to its limit.
     *
     * @param running services that ran before; one that asks models learns keys and addresses from
     *     its environment, so it has to start again
     */
    public boolean play(String model, Set<Component> running) {
        for (Component service : List.of(Component.RUNNER, Component.JUDGE)) {
            if (running.contains(service)) {
                platform.stop(service);
                platform.restart(service);
            }
        }
        UUID id = Patience.start(gateway, body(model));
        out.printf("%s  %s%n", id, model);
        out.flush();
        new BattleStream(gateway).follow(id, this::show);
        BattleStatus ended = gateway.statusOf(id);
        out.println(Lines.of(ended));
        return "goal".equals(ended.endedReason()) || "limit".equals(ended.endedReason());
    }

    private static ObjectNode body(String model) {
        ObjectNode body = Gateway.body();
        body.put("model", model);
        body.put("agentId", "demo");
        body.put("messageLimit", MESSAGE_LIMIT);
        body.put("maxTokensPerTurn", 200);
        body.put(
                "systemPrompt",
                "You are a support agent of an online shop. Answer in at most three sentences.");
        body.put(
                "goal",
                "The customer, charged twice for order 1042, has been told that the second charge is refunded and when the money arrives.");
        body.putArray("opening")
                .addObject()
                .put("role", "user")
                .put("content", "I was charged twice for order 1042. What happens now?");
        body.putObject("judge").putObject("fast").put("model", model);
        return body;
    }

    private void show(SseEvent event) {
        var data = BattleJson.parse(event.data());
        switch (event.name()) {
            case "message" -> out.println(Lines.of(BattleJson.message(data)));
            case "verdict" -> out.println(Lines.of(BattleJson.verdict(data)));
            default -> {
                // Deltas and status would only repeat what is shown.
            }
        }
        out.flush();
    }
}
