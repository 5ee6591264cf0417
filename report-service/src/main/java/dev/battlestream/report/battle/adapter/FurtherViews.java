package dev.battlestream.report.battle.adapter;

import dev.battlestream.schemas.Topic;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.Topology;

/** Views beside those of battles that live in the same streams application. */
public interface FurtherViews {

    /** The topics that they are folded from, which nobody else adds. */
    List<Topic<? extends SpecificRecord>> sources();

    /** The names of their stores. */
    List<String> stores();

    /** Adds their nodes and stores as a sub-topology of its own. */
    void addTo(Topology topology, Surroundings around);
}
