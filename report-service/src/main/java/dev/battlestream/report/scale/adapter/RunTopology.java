package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.adapter.FurtherViews;
import dev.battlestream.report.battle.adapter.Surroundings;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * The view of scale runs, a sub-topology beside that of battles.
 *
 * <pre>
 * requests ─┐                           ┌▶ scale-members
 * members ──┼▶ run-intake ──▶ run-view ─┤
 * outcomes ─┘                           └▶ scale-runs
 * </pre>
 *
 * As with battles, writes are idempotent puts without a record cache: a crash repeats records and
 * changes nothing.
 */
public final class RunTopology implements FurtherViews {

    static final String RUNS = "scale-runs";
    static final String MEMBERS = "scale-members";

    static final String INTAKE = "run-intake";
    static final String VIEW = "run-view";

    static final List<Topic<? extends SpecificRecord>> SOURCES =
            List.of(Topics.SCALE_REQUESTS, Topics.SCALE_MEMBERS, Topics.SCALE_OUTCOMES);

    @Override
    public List<Topic<? extends SpecificRecord>> sources() {
        return SOURCES;
    }

    @Override
    public List<String> stores() {
        return List.of(RUNS, MEMBERS);
    }

    @Override
    public void addTo(Topology topology, Surroundings around) {
        String[] sources = around.addSources(topology, SOURCES);
        topology.addProcessor(
                        INTAKE, () -> new RunIntake(around.drops(), around.positions()), sources)
                .addProcessor(
                        VIEW,
                        () -> new RunView(around.drops(), around.wake(), around.retention()),
                        INTAKE)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                around.stores().apply(RUNS), Serdes.String(), RunRows.runs()),
                        VIEW)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                around.stores().apply(MEMBERS), Serdes.Bytes(), RunRows.members()),
                        VIEW);
    }
}
