package dev.battlestream.schemas;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * One topic of the contract: what it carries and how long. Keys are UTF-8 text (the battle id),
 * values Avro in the Confluent wire format, one record type per topic.
 *
 * @param name the topic's name; its value subject in the registry is {@code <name>-value}
 * @param valueType the generated class of its records
 * @param lifetime how long a record stays
 * @param written how its records are written, which says how they must be read
 */
public record Topic<V extends SpecificRecord>(
        String name, Class<V> valueType, Lifetime lifetime, Written written) {

    /** Records of one topic are either all written in transactions or never. */
    public enum Written {
        /** In a transaction: read with isolation level read_committed. */
        TRANSACTIONALLY,
        /** Never in a transaction: visible at once to every reader. */
        AT_ONCE
    }

    /** Largest record in bytes that the topic takes; a turn, never a whole conversation. */
    public static final int MAX_RECORD_BYTES = 1_000_000;

    /**
     * Largest dead letter in bytes that a dead-letter topic takes: the largest record with its own
     * headers and the cause. What is larger, because it was compressed, comes without its value.
     */
    public static final int MAX_DEAD_LETTER_BYTES = MAX_RECORD_BYTES + 64 * 1024;

    /** A topic that forgets sooner than this is cut into pieces of this size. */
    private static final Duration SHORT_LIFE = Duration.ofDays(1);

    private static final int SHORT_LIVED_SEGMENT_BYTES = 32 * 1024 * 1024;

    /** The schema that this version of Battlestream writes. */
    public Schema schema() {
        return SpecificData.get().getSchema(valueType);
    }

    /** The subject under which the registry keeps the value's schemas. */
    public String subject() {
        return name + "-value";
    }

    /** Where a record of this topic goes that its reader cannot decode or that is impossible. */
    public String deadLetterTopic() {
        return name + Topics.DEAD_LETTER_SUFFIX;
    }

    NewTopic toNewTopic(int partitions, short replication, LogRetention retention) {
        return newTopic(name, partitions, replication, lifetime.in(retention), MAX_RECORD_BYTES);
    }

    NewTopic toNewDeadLetterTopic(short replication, LogRetention retention) {
        return newTopic(
                deadLetterTopic(),
                1,
                replication,
                lifetime.ofDeadLetters(retention),
                MAX_DEAD_LETTER_BYTES);
    }

    private static NewTopic newTopic(
            String name, int partitions, short replication, Duration retention, int maxBytes) {
        Map<String, String> configs = new HashMap<>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxBytes));
        // Only closed segments are deleted, and one is closed after a week or a gigabyte.
        if (retention.compareTo(LogRetention.LONGEST_PIECE) < 0) {
            configs.put(
                    TopicConfig.SEGMENT_MS_CONFIG,
                    Long.toString(retention.dividedBy(2).toMillis()));
        }
        if (retention.compareTo(SHORT_LIFE) < 0) {
            configs.put(
                    TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(SHORT_LIVED_SEGMENT_BYTES));
        }
        return new NewTopic(name, partitions, replication).configs(configs);
    }
}
