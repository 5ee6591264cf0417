package dev.battlestream.report.battle.adapter;

import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * The views of battles on one topology, which shares the sources: every topic is read once.
 *
 * <pre>
 * requests ─┐
 * turns ────┤             ┌▶ message-view ─▶ battle-messages
 * verdicts ─┼▶ intake ────┼▶ verdict-view ─▶ battle-verdicts
 * outcomes ─┘             └▶ status-view ──▶ battle-statuses
 * </pre>
 *
 * Writes are idempotent puts without a record cache, so at-least-once is enough: a crash repeats
 * records and changes nothing, the local state is not wiped, and a row can be read the moment it is
 * written. Renaming a store orphans its changelog and builds the view again from the log.
 */
final class BattleTopology {

    static final String STATUSES = "battle-statuses";
    static final String MESSAGES = "battle-messages";
    static final String VERDICTS = "battle-verdicts";

    static final String INTAKE = "intake";
    static final String MESSAGE_VIEW = "message-view";
    static final String VERDICT_VIEW = "verdict-view";
    static final String STATUS_VIEW = "status-view";

    /** The topics that the views are folded from. */
    static final List<Topic<? extends SpecificRecord>> SOURCES =
            List.of(
                    Topics.BATTLE_REQUESTS,
                    Topics.BATTLE_TURNS,
                    Topics.BATTLE_VERDICTS,
                    Topics.BATTLE_OUTCOMES);

    private BattleTopology() {}

    /**
     * Builds the topology.
     *
     * @param values makes the deserializer of a topic's values
     * @param stores makes a store by its name
     * @param wake told of every battle of which a view has changed, after the change can be read
     */
    static Topology build(
            Function<Topic<? extends SpecificRecord>, Deserializer<? extends SpecificRecord>>
                    values,
            Function<String, KeyValueBytesStoreSupplier> stores,
            Drops drops,
            ReadPositions positions,
            Consumer<String> wake,
            Retention.Terms retention) {
        Topology topology = new Topology();
        for (Topic<? extends SpecificRecord> topic : SOURCES) {
            topology.addSource(
                    sourceName(topic), new StringDeserializer(), values.apply(topic), topic.name());
        }
        String[] sources = SOURCES.stream().map(BattleTopology::sourceName).toArray(String[]::new);
        return topology.addProcessor(INTAKE, () -> new EventIntake(drops, positions), sources)
                .addProcessor(MESSAGE_VIEW, () -> new MessageView(drops, wake), INTAKE)
                .addProcessor(VERDICT_VIEW, () -> new VerdictView(drops, wake), INTAKE)
                .addProcessor(STATUS_VIEW, () -> new StatusView(drops, wake, retention), INTAKE)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                stores.apply(STATUSES), Serdes.String(), StoredRows.statuses()),
                        MESSAGE_VIEW,
                        VERDICT_VIEW,
                        STATUS_VIEW)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                stores.apply(MESSAGES), Serdes.Bytes(), StoredRows.messages()),
                        MESSAGE_VIEW,
                        STATUS_VIEW)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                stores.apply(VERDICTS), Serdes.Bytes(), StoredRows.verdicts()),
                        VERDICT_VIEW,
                        STATUS_VIEW);
    }

    private static String sourceName(Topic<? extends SpecificRecord> topic) {
        return topic.name().replace('.', '-');
    }
}
