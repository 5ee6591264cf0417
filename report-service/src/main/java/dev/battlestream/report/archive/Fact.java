package dev.battlestream.report.archive;

import dev.battlestream.report.battle.Ending;
import dev.battlestream.report.battle.Used;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the archive is told of a battle; either of the two may come first. */
public sealed interface Fact {

    /** The battle. */
    UUID battleId();

    /**
     * Somebody asked for the battle; without its prompts.
     *
     * @param requestedAt when, by the requester's clock
     * @param clientId who asked; null if that is unknown
     * @param agentId the agent that plays
     * @param model model reference of the agent; empty for the runner's default
     * @param runId the scale run that it belongs to; null for none
     */
    record Asked(
            UUID battleId,
            Instant requestedAt,
            @Nullable String clientId,
            String agentId,
            String model,
            @Nullable String runId)
            implements Fact {

        public Asked {
            clientId = clientId == null ? null : KeptText.name(clientId);
            agentId = KeptText.name(agentId);
            model = KeptText.name(model);
            runId = runId == null ? null : KeptText.name(runId);
        }
    }

    /**
     * The battle ended.
     *
     * @param ending how
     * @param used what each role has used
     * @param clientId who asked for it; null if that is unknown
     */
    record Finished(UUID battleId, Ending ending, Used used, @Nullable String clientId)
            implements Fact {

        public Finished {
            clientId = clientId == null ? null : KeptText.name(clientId);
        }

        /** The scale run that it belongs to; null for none. */
        public @Nullable String runId() {
            return ending.runId() == null ? null : KeptText.name(ending.runId());
        }

        /** A sentence about what failed; null when nothing did. */
        public @Nullable String failureDetail() {
            return ending.failure() == null ? null : KeptText.detail(ending.failure().detail());
        }
    }
}
