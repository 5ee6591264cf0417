package dev.battlestream.report.battle.adapter;

import dev.battlestream.schemas.Topic;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;

/**
 * What views are given by the service around them.
 *
 * @param values makes the deserializer of a topic's values
 * @param stores makes a store by its name
 * @param wake told of everything of which a view has changed, by its id, after the change can be
 *     read
 */
public record Surroundings(
        Function<Topic<? extends SpecificRecord>, Deserializer<? extends SpecificRecord>> values,
        Function<String, KeyValueBytesStoreSupplier> stores,
        Drops drops,
        ReadPositions positions,
        Consumer<String> wake,
        Retention.Terms retention) {

    /** Adds a source for each topic; answers their names. */
    public String[] addSources(Topology topology, List<Topic<? extends SpecificRecord>> topics) {
        for (Topic<? extends SpecificRecord> topic : topics) {
            topology.addSource(
                    sourceName(topic), new StringDeserializer(), values.apply(topic), topic.name());
        }
        return topics.stream().map(Surroundings::sourceName).toArray(String[]::new);
    }

    private static String sourceName(Topic<? extends SpecificRecord> topic) {
        return topic.name().replace('.', '-');
    }
}
