package dev.battlestream.schemas;

import dev.battlestream.events.BattleCancelRequested;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.TurnDelta;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The topic catalogue: services, tests and topic creation all read it here. All topics of a battle
 * have the same number of partitions, so that they are co-partitioned by battle id.
 */
public final class Topics {

    /** How many partitions a battle topic has unless the operator says otherwise. */
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

    /** Battles that somebody wants ended. Anyone may write. */
    public static final Topic<BattleCancelRequested> BATTLE_CANCELLATIONS =
            new Topic<>(
                    "battle.cancellations",
                    BattleCancelRequested.class,
                    REQUEST_RETENTION,
                    Topic.Written.AT_ONCE);

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

    private static final List<Topic<?>> ALL =
            List.of(
                    BATTLE_REQUESTS,
                    BATTLE_CANCELLATIONS,
                    BATTLE_TURNS,
                    BATTLE_VERDICTS,
                    BATTLE_OUTCOMES,
                    BATTLE_DELTAS);

    private Topics() {}

    /** Every topic of the contract. */
    public static List<Topic<?>> all() {
        return ALL;
    }

    /**
     * Every topic and dead-letter topic, ready to be created.
     *
     * @param partitions partitions of each battle topic, at least 1
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
