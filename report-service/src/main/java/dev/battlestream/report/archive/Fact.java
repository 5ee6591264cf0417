package dev.battlestream.report.archive;

import dev.battlestream.report.battle.Ending;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Used;
import dev.battlestream.report.battle.Verdict;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunEnding;
import dev.battlestream.report.scale.RunEvent;
import dev.battlestream.report.scale.RunSpecification;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the archive is told of a battle or a run; its topics are read in any order. */
public sealed interface Fact {

    /** The battle or run. */
    UUID id();

    /** When it happened, by the writer's clock. */
    Instant at();

    /** What of all facts of this kind and id it is: the first of each identity counts. */
    int place();

    /** Of a battle. */
    sealed interface OfBattle extends Fact {

        UUID battleId();

        @Override
        default UUID id() {
            return battleId();
        }
    }

    /** Of a run. */
    sealed interface OfRun extends Fact {

        UUID runId();

        /** Up to where the log is read with it. */
        Run.AsOf asOf();

        @Override
        default UUID id() {
            return runId();
        }
    }

    /**
     * Somebody asked for the battle; without its prompts.
     *
     * @param requestedAt when, by the requester's clock
     * @param clientId who asked; null if that is unknown
     * @param agentId the agent that plays
     * @param model model reference of the agent; empty for the runner's default
     * @param messageLimit at most this many messages of the agent; unchecked, anyone may write
     * @param runId the scale run that it belongs to; null for none
     */
    record Asked(
            UUID battleId,
            Instant requestedAt,
            @Nullable String clientId,
            String agentId,
            String model,
            int messageLimit,
            @Nullable String runId)
            implements OfBattle {

        public Asked {
            clientId = clientId == null ? null : KeptText.name(clientId);
            agentId = KeptText.name(agentId);
            model = KeptText.name(model);
            runId = runId == null ? null : KeptText.name(runId);
        }

        @Override
        public Instant at() {
            return requestedAt;
        }

        @Override
        public int place() {
            return 0;
        }
    }

    /** A message was played, or a turn failed. */
    record Played(UUID battleId, Message message) implements OfBattle {

        public Played {
            message = KeptText.of(message);
        }

        @Override
        public Instant at() {
            return message.producedAt();
        }

        @Override
        public int place() {
            return message.seq();
        }
    }

    /** A turn was judged. */
    record Judged(UUID battleId, Verdict verdict) implements OfBattle {

        public Judged {
            verdict = KeptText.of(verdict);
        }

        @Override
        public Instant at() {
            return verdict.issuedAt();
        }

        @Override
        public int place() {
            return verdict.turn();
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
            implements OfBattle {

        public Finished {
            clientId = clientId == null ? null : KeptText.name(clientId);
        }

        @Override
        public Instant at() {
            return ending.startedAt();
        }

        @Override
        public int place() {
            return 0;
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
     * Somebody wants it deleted: nothing of it is archived any more.
     *
     * @param deletedAt when, by the requester's clock
     * @param clientId who wants it; null if that is unknown
     */
    record Deleted(UUID battleId, Instant deletedAt, @Nullable String clientId)
            implements OfBattle {

        public Deleted {
            clientId = clientId == null ? null : KeptText.name(clientId);
        }

        @Override
        public Instant at() {
            return deletedAt;
        }

        @Override
        public int place() {
            return 0;
        }
    }

    /**
     * Somebody asked for a scale run.
     *
     * @param requestedAt when, by the requester's clock
     * @param clientId who asked; null if that is unknown
     */
    record RunAsked(
            UUID runId,
            Instant requestedAt,
            @Nullable String clientId,
            RunSpecification specification,
            Run.AsOf asOf)
            implements OfRun {

        public RunAsked {
            clientId = clientId == null ? null : KeptText.name(clientId);
            specification = KeptText.of(specification);
        }

        @Override
        public Instant at() {
            return requestedAt;
        }

        @Override
        public int place() {
            return 0;
        }
    }

    /** A member of a scale run was launched. */
    record MemberLaunched(UUID runId, RunEvent.Launched event, Run.AsOf asOf) implements OfRun {

        @Override
        public Instant at() {
            return event.at();
        }

        @Override
        public int place() {
            return event.index();
        }
    }

    /** A member of a scale run ended. */
    record MemberFinished(UUID runId, RunEvent.MemberEnded event, Run.AsOf asOf) implements OfRun {

        @Override
        public Instant at() {
            return event.result().startedAt();
        }

        @Override
        public int place() {
            return event.index();
        }

        /** A sentence about what failed; null when nothing did. */
        public @Nullable String failureDetail() {
            return event.result().failure() == null
                    ? null
                    : KeptText.detail(event.result().failure().detail());
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
            @Nullable String clientId,
            Run.AsOf asOf)
            implements OfRun {

        public RunFinished {
            clientId = clientId == null ? null : KeptText.name(clientId);
            runCount = Math.max(runCount, 0);
            goals = Math.max(goals, 0);
            costUsd = Spent.money(costUsd);
            unsettledUsd = unsettledUsd == null ? null : Spent.money(unsettledUsd);
        }

        @Override
        public Instant at() {
            return ending.startedAt();
        }

        @Override
        public int place() {
            return 0;
        }

        /** A sentence about why it was refused; null if it was not. */
        public @Nullable String failureDetail() {
            return ending.failure() == null ? null : KeptText.detail(ending.failure().detail());
        }
    }
}
