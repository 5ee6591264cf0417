package dev.battlestream.gateway.stream;

import java.util.List;

/**
 * What a viewer writes next.
 *
 * @param frames in order; empty when nothing happened for a while
 * @param place the viewer's place once they are written
 * @param missingUpTo the last event that the feed has forgotten and the viewer lacks; 0 for none.
 *     Then nothing stands in the frames that comes behind it: the viewer has to get what is missing
 *     elsewhere first
 * @param deltas whether some of it is about a message that is being written
 * @param last whether the stream ends behind them
 */
public record Batch(
        List<Frame> frames, Place place, long missingUpTo, boolean deltas, boolean last) {}
