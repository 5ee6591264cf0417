package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.ScaleRunCancelRequested;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.events.Variant;
import dev.battlestream.gateway.battle.adapter.BattleAvro;
import dev.battlestream.gateway.battle.adapter.JobRequest;
import dev.battlestream.gateway.scale.StartRun;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Between what is asked here and the events of the contract. */
final class RunAvro {

    private static final UUID NOBODY = new UUID(0, 0);

    private RunAvro() {}

    static ScaleRunRequested requested(UUID id, StartRun start, String client, Instant at) {
        return ScaleRunRequested.newBuilder()
                .setRunId(id.toString())
                .setRequestedAt(at.truncatedTo(ChronoUnit.MICROS))
                .setClientId(client)
                .setRunCount(start.runCount())
                .setConcurrency(start.concurrency())
                .setBattle(battle(start))
                .setVariants(start.variants().stream().map(RunAvro::variant).toList())
                .setSeed(start.seed().orElse(null))
                .setBudgetUsd(start.budgetUsd().map(BattleAvro::money).orElse(null))
                .setTimeoutSeconds(start.timeoutSeconds())
                .setLabels(start.labels())
                .build();
    }

    /** What the run fills in is left the same for all, so that it tells no two requests apart. */
    private static BattleRequested battle(StartRun start) {
        return BattleRequested.newBuilder(
                        BattleAvro.requested(NOBODY, start.battle(), "", Instant.EPOCH))
                .setClientId(null)
                .build();
    }

    private static Variant variant(StartRun.Variant variant) {
        return Variant.newBuilder()
                .setName(variant.name())
                .setModel(variant.model())
                .setSystemPrompt(variant.systemPrompt().orElse(null))
                .setTemperature(variant.temperature().orElse(null))
                .build();
    }

    static ScaleRunCancelRequested cancelRequested(UUID id, String client, Instant at) {
        return ScaleRunCancelRequested.newBuilder()
                .setRunId(id.toString())
                .setClientId(client)
                .setRequestedAt(at.truncatedTo(ChronoUnit.MICROS))
                .build();
    }

    /** The same for two requests that ask for the same, whoever asks and when. */
    static String fingerprint(StartRun start) {
        return JobRequest.RUN.fingerprint(requested(NOBODY, start, "", Instant.EPOCH));
    }
}
