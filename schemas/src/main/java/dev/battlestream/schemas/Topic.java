package dev.battlestream.schemas;

import java.time.Duration;
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
 * @param retention how long a record stays at least
 * @param written how its records are written, which says how they must be read
 */
public record Topic<V extends SpecificRecord>(
        String name, Class<V> valueType, Duration retention, Written written) {

    /** Records of one topic are either all written in transactions or never. */
    public enum Written {
        /** In a transaction: read with isolation level read_committed. */
        TRANSACTIONALLY,
        /** Never in a transaction: visible at once to every reader. */
        AT_ONCE
    }

    /** Largest record in bytes that the topic takes; a turn, never a whole conversation. */
    public static final int MAX_RECORD_BYTES = 1_000_000;

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

    NewTopic toNewTopic(int partitions, short replication) {
        return newTopic(name, partitions, replication, retention);
    }

    NewTopic toNewDeadLetterTopic(short replication) {
        return newTopic(deadLetterTopic(), 1, replication, Topics.DEAD_LETTER_RETENTION);
    }

    private static NewTopic newTopic(
            String name, int partitions, short replication, Duration retention) {
        return new NewTopic(name, partitions, replication)
                .configs(
                        Map.of(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_DELETE,
                                TopicConfig.RETENTION_MS_CONFIG,
                                Long.toString(retention.toMillis()),
                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                Integer.toString(MAX_RECORD_BYTES)));
    }
}
