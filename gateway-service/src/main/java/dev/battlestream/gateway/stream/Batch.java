package dev.battlestream.gateway.stream;

import java.util.List;

/**
 * What a viewer writes next.
 *
 * @param frames in order; empty when nothing happened for a while
 * @param place the viewer's place once they are written
 * @param deltas whether some of it is about a message that is being written
 * @param last whether the stream ends behind them
 */
public record Batch(List<Frame> frames, Place place, boolean deltas, boolean last) {}
