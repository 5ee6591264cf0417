package dev.battlestream.report.archive;

import dev.battlestream.report.battle.Ending;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Used;
import dev.battlestream.report.scale.RunEnding;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the archive is told of a battle or a run; of each, request or outcome may come first. */
public sealed interface Fact {

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

    /**
     * Somebody asked for a scale run.
     *
     * @param requestedAt when, by the requester's clock
     * @param clientId who asked; null if that is unknown
     * @param agentId the agent that plays
     * @param model model reference of the agent; empty for the runner's default
     * @param digest of the specification
     * @param runCount battles that are played
     */
    record RunAsked(
            UUID runId,
            Instant requestedAt,
            @Nullable String clientId,
            String agentId,
            String model,
            String digest,
            int runCount)
            implements Fact {

        public RunAsked {
            clientId = clientId == null ? null : KeptText.name(clientId);
            agentId = KeptText.name(agentId);
            model = KeptText.name(model);
            runCount = Math.max(runCount, 0);
        }
    }

    /**
     * The scale run ended.
     *
     * @param ending how
     * @param runCount battles that were asked for
     * @param goals battles that reached their goal
     * @param costUsd what the battles have cost together, in US dollars
     * @param unsettledUsd the most that may be on a provider's bill beside that; null for nothing
     * @param clientId who asked for it; null if that is unknown
     */
    record RunFinished(
            UUID runId,
            RunEnding ending,
            int runCount,
            int goals,
            BigDecimal costUsd,
            @Nullable BigDecimal unsettledUsd,
            @Nullable String clientId)
            implements Fact {

        public RunFinished {
            clientId = clientId == null ? null : KeptText.name(clientId);
            runCount = Math.max(runCount, 0);
            goals = Math.max(goals, 0);
            costUsd = Spent.money(costUsd);
            unsettledUsd = unsettledUsd == null ? null : Spent.money(unsettledUsd);
        }

        /** A sentence about why it was refused; null if it was not. */
        public @Nullable String failureDetail() {
            return ending.failure() == null ? null : KeptText.detail(ending.failure().detail());
        }
    }
}
