package dev.battlestream.schemas;

import dev.battlestream.events.BattleCancelRequested;
import dev.battlestream.events.BattleDeletionRequested;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunCancelRequested;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.events.TurnDelta;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The topic catalogue: services, tests and topic creation all read it here. All topics have the
 * same number of partitions, so that those of battles are co-partitioned by battle id and those of
 * scale runs by run id.
 */
public final class Topics {

    /** How many partitions a topic has unless the operator says otherwise. */
    public static final int DEFAULT_PARTITIONS = 12;

    /** Added to a topic's name, it names the topic of its dead letters. */
    public static final String DEAD_LETTER_SUFFIX = ".dlt";

    /** Battles that somebody asked for. Anyone may write; ours are written in transactions. */
    public static final Topic<BattleRequested> BATTLE_REQUESTS =
            new Topic<>(
                    "battle.requests",
                    BattleRequested.class,
                    Lifetime.REQUESTS,
                    Topic.Written.TRANSACTIONALLY);

    /**
     * Battles that somebody wants ended. Anyone may write; those of a run's end are written in
     * transactions.
     */
    public static final Topic<BattleCancelRequested> BATTLE_CANCELLATIONS =
            new Topic<>(
                    "battle.cancellations",
                    BattleCancelRequested.class,
                    Lifetime.REQUESTS,
                    Topic.Written.TRANSACTIONALLY);

    /** Messages that were played. */
    public static final Topic<TurnProduced> BATTLE_TURNS =
            new Topic<>(
                    "battle.turns", TurnProduced.class, Lifetime.HISTORY, Topic.Written.AT_ONCE);

    /** What the judge said of the agent's turns. */
    public static final Topic<VerdictIssued> BATTLE_VERDICTS =
            new Topic<>(
                    "battle.verdicts",
                    VerdictIssued.class,
                    Lifetime.HISTORY,
                    Topic.Written.AT_ONCE);

    /** How battles ended. */
    public static final Topic<BattleEnded> BATTLE_OUTCOMES =
            new Topic<>(
                    "battle.outcomes",
                    BattleEnded.class,
                    Lifetime.HISTORY,
                    Topic.Written.TRANSACTIONALLY);

    /** Battles that somebody wants forgotten. Anyone may write. */
    public static final Topic<BattleDeletionRequested> BATTLE_DELETIONS =
            new Topic<>(
                    "battle.deletions",
                    BattleDeletionRequested.class,
                    Lifetime.DELETIONS,
                    Topic.Written.AT_ONCE);

    /** Messages while they are being written; for screens only. */
    public static final Topic<TurnDelta> BATTLE_DELTAS =
            new Topic<>("battle.deltas", TurnDelta.class, Lifetime.MOMENTS, Topic.Written.AT_ONCE);

    /** Scale runs that somebody asked for. Anyone may write. */
    public static final Topic<ScaleRunRequested> SCALE_REQUESTS =
            new Topic<>(
                    "scale.requests",
                    ScaleRunRequested.class,
                    Lifetime.REQUESTS,
                    Topic.Written.AT_ONCE);

    /** Scale runs that somebody wants ended. Anyone may write. */
    public static final Topic<ScaleRunCancelRequested> SCALE_CANCELLATIONS =
            new Topic<>(
                    "scale.cancellations",
                    ScaleRunCancelRequested.class,
                    Lifetime.REQUESTS,
                    Topic.Written.AT_ONCE);

    /** Launches and ends of the battles of scale runs. */
    public static final Topic<RunMemberChanged> SCALE_MEMBERS =
            new Topic<>(
                    "scale.members",
                    RunMemberChanged.class,
                    Lifetime.HISTORY,
                    Topic.Written.TRANSACTIONALLY);

    /** How scale runs ended. */
    public static final Topic<ScaleRunEnded> SCALE_OUTCOMES =
            new Topic<>(
                    "scale.outcomes",
                    ScaleRunEnded.class,
                    Lifetime.HISTORY,
                    Topic.Written.TRANSACTIONALLY);

    private static final List<Topic<?>> ALL =
            List.of(
                    BATTLE_REQUESTS,
                    BATTLE_CANCELLATIONS,
                    BATTLE_TURNS,
                    BATTLE_VERDICTS,
                    BATTLE_OUTCOMES,
                    BATTLE_DELETIONS,
                    BATTLE_DELTAS,
                    SCALE_REQUESTS,
                    SCALE_CANCELLATIONS,
                    SCALE_MEMBERS,
                    SCALE_OUTCOMES);

    private Topics() {}

    /** Every topic of the contract. */
    public static List<Topic<?>> all() {
        return ALL;
    }

    /**
     * Every topic and dead-letter topic, ready to be created.
     *
     * @param partitions partitions of each topic, at least 1
     * @param replication replicas of each partition, at least 1
     */
    public static List<NewTopic> toCreate(
            int partitions, short replication, LogRetention retention) {
        return ALL.stream()
                .flatMap(topic ->
                        Stream.of(
                                topic.toNewTopic(partitions, replication, retention),
                                topic.toNewDeadLetterTopic(replication, retention)))
                .toList();
    }
}
