package dev.battlestream.gateway.stream;

import java.util.List;

/**
 * What a viewer writes next.
 *
 * @param frames in order; empty when nothing happened for a while
 * @param place the viewer's place once they are written
 * @param last whether the stream ends behind them
 */
public record Batch(List<Frame> frames, Place place, boolean last) {}
