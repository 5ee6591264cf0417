package dev.battlestream.report.battle.adapter;

import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * The views of battles on one sub-topology, which shares the sources: every topic is read once.
 *
 * <pre>
 * requests ─┐
 * turns ────┤             ┌▶ message-view ─▶ battle-messages
 * verdicts ─┼▶ intake ────┼▶ verdict-view ─▶ battle-verdicts
 * outcomes ─┤             └▶ status-view ──▶ battle-statuses
 * deletions ┘
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
                    Topics.BATTLE_OUTCOMES,
                    Topics.BATTLE_DELETIONS);

    /** What it keeps. */
    static final List<String> STORES = List.of(STATUSES, MESSAGES, VERDICTS);

    private BattleTopology() {}

    /** The views of battles, and behind them the further ones. */
    static Topology build(Surroundings around, List<? extends FurtherViews> further) {
        Topology topology = new Topology();
        // First, so that its tasks and their folders keep their numbers.
        addTo(topology, around);
        further.forEach(views -> views.addTo(topology, around));
        return topology;
    }

    private static void addTo(Topology topology, Surroundings around) {
        Drops drops = around.drops();
        Consumer<String> wake = around.wake();
        String[] sources = around.addSources(topology, SOURCES);
        topology.addProcessor(INTAKE, () -> new EventIntake(drops, around.positions()), sources)
                .addProcessor(MESSAGE_VIEW, () -> new MessageView(drops, wake), INTAKE)
                .addProcessor(VERDICT_VIEW, () -> new VerdictView(drops, wake), INTAKE)
                .addProcessor(
                        STATUS_VIEW, () -> new StatusView(drops, wake, around.retention()), INTAKE)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                around.stores().apply(STATUSES),
                                Serdes.String(),
                                StoredRows.statuses()),
                        MESSAGE_VIEW,
                        VERDICT_VIEW,
                        STATUS_VIEW)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                around.stores().apply(MESSAGES),
                                Serdes.Bytes(),
                                StoredRows.messages()),
                        MESSAGE_VIEW,
                        STATUS_VIEW)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                around.stores().apply(VERDICTS),
                                Serdes.Bytes(),
                                StoredRows.verdicts()),
                        VERDICT_VIEW,
                        STATUS_VIEW);
    }
}
