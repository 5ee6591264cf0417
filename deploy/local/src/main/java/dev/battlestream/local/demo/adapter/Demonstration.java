package dev.battlestream.local.demo.adapter;

import dev.battlestream.local.battles.Lines;
import dev.battlestream.local.battles.SseEvent;
import dev.battlestream.local.battles.adapter.BattleJson;
import dev.battlestream.local.battles.adapter.BattleStream;
import dev.battlestream.local.battles.adapter.Gateway;
import dev.battlestream.local.battles.adapter.GatewayException;
import dev.battlestream.local.demo.Expectations;
import dev.battlestream.local.demo.Observation;
import dev.battlestream.local.demo.Results;
import dev.battlestream.local.demo.Scenario;
import dev.battlestream.local.platform.Component;
import dev.battlestream.local.platform.adapter.Platform;
import dev.battlestream.local.text.Figures;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Plays the battles of {@link Scenario} and kills the runner while some of them play.
 *
 * <p>Order: as many battles start as one client may have running; the first is shown live; after
 * its second verdict the runner is killed with SIGKILL and started again; the others start as there
 * is room; one battle is canceled; when all have ended, what the gateway serves and what the models
 * counted is held against what was promised. A battle that does not end in time is a broken
 * promise, not a hang.
 */
public final class Demonstration {

    private static final int KILL_AFTER_TURN = 2;

    /** Battles of one client that a gateway lets run at the same time, by default. */
    private static final int AT_ONCE = 3;

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Platform platform;
    private final Gateway gateway;
    private final PrintWriter out;
    private final List<Integer> streamed = new ArrayList<>();
    private final CountDownLatch inTheMiddle = new CountDownLatch(1);
    private final Set<Scenario> playedDuringKill = ConcurrentHashMap.newKeySet();

    public Demonstration(Platform platform, Gateway gateway, PrintWriter out) {
        this.platform = platform;
        this.gateway = gateway;
        this.out = out;
    }

    /** Whether every expectation held. */
    public boolean play() {
        say("Five battles, as many at once as one client may have, all on the same log:");
        Map<Scenario, UUID> battles = new LinkedHashMap<>();
        start(Scenario.ALL.subList(0, AT_ONCE), battles);
        say("");
        say("%s, live:".formatted(Scenario.GOAL.model()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            UUID live = Objects.requireNonNull(battles.get(Scenario.GOAL));
            CompletableFuture<Void> shown =
                    CompletableFuture.runAsync(() -> show(live), threads)
                            .whenComplete((_, _) -> inTheMiddle.countDown());
            killAndRestart(battles);
            say("Those that had to wait for room:");
            start(Scenario.ALL.subList(AT_ONCE, Scenario.ALL.size()), battles);
            say("");
            cancel(Objects.requireNonNull(battles.get(Scenario.CANCELED)));
            shown.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).exceptionally(_ -> null).join();
            threads.shutdownNow();
        }
        return report(battles);
    }

    /** Starts battles, each as soon as the gateway has room for it. */
    private void start(List<Scenario> scenarios, Map<Scenario, UUID> battles) {
        for (Scenario scenario : scenarios) {
            var body = Gateway.body();
            body.put("model", scenario.model());
            body.put("messageLimit", scenario.messageLimit());
            body.put("agentId", "demo");
            UUID id = Patience.start(gateway, body);
            battles.put(scenario, id);
            say("  %s  %-20s %s".formatted(id, scenario.model(), scenario.title()));
        }
    }

    private void show(UUID id) {
        new BattleStream(gateway).follow(id, this::showEvent);
    }

    private void showEvent(SseEvent event) {
        var data = BattleJson.parse(event.data());
        switch (event.name()) {
            case "message" -> {
                var message = BattleJson.message(data);
                streamed.add(message.seq());
                say(Lines.of(message));
            }
            case "verdict" -> {
                var verdict = BattleJson.verdict(data);
                say(Lines.of(verdict));
                if (verdict.turn() >= KILL_AFTER_TURN) {
                    inTheMiddle.countDown();
                }
            }
            default -> {
                // Deltas and status would only repeat what is shown.
            }
        }
    }

    private void killAndRestart(Map<Scenario, UUID> battles) {
        try {
            if (!inTheMiddle.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                say("The first battle does not get on.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        // A battle is taken to have played at the kill unless it is known to have ended before.
        battles.forEach((scenario, id) -> {
            if (!gateway.statusOf(id).hasEnded()) {
                playedDuringKill.add(scenario);
            }
        });
        long begun = System.nanoTime();
        platform.kill(Component.RUNNER);
        say("");
        say(
                "  ✗ the runner was killed (SIGKILL) with %d battles in play; starting it again"
                        .formatted(playedDuringKill.size()));
        platform.restart(Component.RUNNER);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        say("  ✓ the runner is ready again after " + Figures.duration(took));
        say("");
    }

    private void cancel(UUID id) {
        Patience.until(LIMIT, () -> gateway.statusOf(id).messageCount() > 0);
        try {
            gateway.cancel(id);
        } catch (GatewayException e) {
            say("The battle cannot be canceled: " + e.getMessage());
        }
    }

    private boolean report(Map<Scenario, UUID> battles) {
        CallLogFile callLog = new CallLogFile(platform.home().callLog(Component.RUNNER));
        List<Results.Row> rows = new ArrayList<>();
        battles.forEach((scenario, id) -> {
            Patience.until(LIMIT, () -> gateway.statusOf(id).hasEnded());
            Observation seen = observe(scenario, id, callLog);
            List<String> broken = new ArrayList<>(Expectations.broken(scenario, seen, 1));
            if (scenario.equals(Scenario.GOAL) && !streamed.equals(seen.seqs())) {
                broken.add("the stream showed messages %s".formatted(streamed));
            }
            rows.add(new Results.Row(scenario, seen, broken));
        });
        say("");
        Results.table(rows).lines().forEach(this::say);
        say("");
        Results.conclusion(rows).forEach(this::say);
        return rows.stream().allMatch(row -> row.broken().isEmpty());
    }

    private Observation observe(Scenario scenario, UUID id, CallLogFile callLog) {
        // Views follow the log a moment behind; what is missing after ten seconds is missing.
        Patience.until(
                Duration.ofSeconds(10),
                () -> {
                    var status = gateway.statusOf(id);
                    return seqs(id).equals(
                                            IntStream.rangeClosed(1, status.messageCount())
                                                    .boxed()
                                                    .toList())
                            && (!"goal".equals(status.endedReason())
                                    || turnsJudged(id).size() == status.turn());
                });
        return new Observation(
                gateway.statusOf(id),
                seqs(id),
                turnsJudged(id),
                callLog.callsOf(id),
                playedDuringKill.contains(scenario));
    }

    private List<Integer> seqs(UUID id) {
        return gateway.allMessages(id).stream().map(message -> message.seq()).toList();
    }

    private List<Integer> turnsJudged(UUID id) {
        return gateway.allVerdicts(id).stream().map(verdict -> verdict.turn()).toList();
    }

    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }
}
