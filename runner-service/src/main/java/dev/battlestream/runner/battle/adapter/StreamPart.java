package dev.battlestream.runner.battle.adapter;

import org.apache.kafka.streams.Topology;

/**
 * A further part of the runner's topology, beside the battles. Parts are added behind them, so that
 * the battles' tasks keep their names and with them their state.
 */
public interface StreamPart {

    /** Adds its nodes and stores. */
    void addTo(Topology topology);

    /**
     * Learns the ids of the schemas that it writes.
     *
     * @throws IllegalStateException if the registry is of no use for a minute
     */
    void resolve();
}
