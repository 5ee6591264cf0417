package dev.battlestream.schemas;

import dev.battlestream.events.BattleCancelRequested;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunCancelRequested;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.events.TurnDelta;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import java.time.Duration;
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

    /** How long a request may lie on its topic before it is refused as stale. */
    public static final Duration REQUEST_RETENTION = Duration.ofDays(7);

    /** Added to a topic's name, it names the topic of its dead letters. */
    public static final String DEAD_LETTER_SUFFIX = ".dlt";

    /**
     * How long the turns, verdicts and outcome of a battle stay at least, and with them the memory
     * that its id was played: a marker of an ended battle is kept a day longer than this, so that
     * no record of it is left when the marker goes. An id that is used again after that begins a
     * new battle.
     */
    public static final Duration HISTORY_RETENTION = Duration.ofDays(30);

    static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

    /** Battles that somebody asked for. Anyone may write; ours are written in transactions. */
    public static final Topic<BattleRequested> BATTLE_REQUESTS =
            new Topic<>(
                    "battle.requests",
                    BattleRequested.class,
                    REQUEST_RETENTION,
                    Topic.Written.TRANSACTIONALLY);

    /**
     * Battles that somebody wants ended. Anyone may write; those of a run's end are written in
     * transactions.
     */
    public static final Topic<BattleCancelRequested> BATTLE_CANCELLATIONS =
            new Topic<>(
                    "battle.cancellations",
                    BattleCancelRequested.class,
                    REQUEST_RETENTION,
                    Topic.Written.TRANSACTIONALLY);

    /** Messages that were played. */
    public static final Topic<TurnProduced> BATTLE_TURNS =
            new Topic<>(
                    "battle.turns", TurnProduced.class, HISTORY_RETENTION, Topic.Written.AT_ONCE);

    /** What the judge said of the agent's turns. */
    public static final Topic<VerdictIssued> BATTLE_VERDICTS =
            new Topic<>(
                    "battle.verdicts",
                    VerdictIssued.class,
                    HISTORY_RETENTION,
                    Topic.Written.AT_ONCE);

    /** How battles ended. */
    public static final Topic<BattleEnded> BATTLE_OUTCOMES =
            new Topic<>(
                    "battle.outcomes",
                    BattleEnded.class,
                    HISTORY_RETENTION,
                    Topic.Written.TRANSACTIONALLY);

    /** Messages while they are being written; for screens only. */
    public static final Topic<TurnDelta> BATTLE_DELTAS =
            new Topic<>(
                    "battle.deltas",
                    TurnDelta.class,
                    Duration.ofMinutes(10),
                    Topic.Written.AT_ONCE);

    /** Scale runs that somebody asked for. Anyone may write. */
    public static final Topic<ScaleRunRequested> SCALE_REQUESTS =
            new Topic<>(
                    "scale.requests",
                    ScaleRunRequested.class,
                    REQUEST_RETENTION,
                    Topic.Written.AT_ONCE);

    /** Scale runs that somebody wants ended. Anyone may write. */
    public static final Topic<ScaleRunCancelRequested> SCALE_CANCELLATIONS =
            new Topic<>(
                    "scale.cancellations",
                    ScaleRunCancelRequested.class,
                    REQUEST_RETENTION,
                    Topic.Written.AT_ONCE);

    /** Launches and ends of the battles of scale runs. */
    public static final Topic<RunMemberChanged> SCALE_MEMBERS =
            new Topic<>(
                    "scale.members",
                    RunMemberChanged.class,
                    HISTORY_RETENTION,
                    Topic.Written.TRANSACTIONALLY);

    /** How scale runs ended. */
    public static final Topic<ScaleRunEnded> SCALE_OUTCOMES =
            new Topic<>(
                    "scale.outcomes",
                    ScaleRunEnded.class,
                    HISTORY_RETENTION,
                    Topic.Written.TRANSACTIONALLY);

    private static final List<Topic<?>> ALL =
            List.of(
                    BATTLE_REQUESTS,
                    BATTLE_CANCELLATIONS,
                    BATTLE_TURNS,
                    BATTLE_VERDICTS,
                    BATTLE_OUTCOMES,
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
    public static List<NewTopic> toCreate(int partitions, short replication) {
        return ALL.stream()
                .flatMap(topic ->
                        Stream.of(
                                topic.toNewTopic(partitions, replication),
                                topic.toNewDeadLetterTopic(replication)))
                .toList();
    }
}
