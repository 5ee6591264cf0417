package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.gateway.scale.RunCaps;
import dev.battlestream.gateway.stream.ViewerPlaces;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of scale runs.
 *
 * @param maxRunCount battles that a run may ask for, see {@link RunCaps}
 * @param maxConcurrency battles of a run at the same time, see {@link RunCaps}
 * @param streams how many streams of runs may be open
 */
@ConfigurationProperties("battlestream.scale")
record ScaleProperties(int maxRunCount, int maxConcurrency, Streams streams) {

    RunCaps caps() {
        return new RunCaps(maxRunCount, maxConcurrency);
    }

    /**
     * Limits of the streams of runs, beside those of all streams: each of them takes one more, of
     * the report service.
     *
     * @param most in all
     * @param mostPerClient of one client
     */
    record Streams(int most, int mostPerClient) {

        Streams {
            if (most < 1 || mostPerClient < 1) {
                throw new IllegalArgumentException(
                        "the limits of battlestream.scale.streams must be positive");
            }
        }

        /**
         * The places of viewers.
         *
         * @param streamsPerClient of whatever kind, which those of runs cannot exceed
         */
        ViewerPlaces places(int streamsPerClient) {
            return new ViewerPlaces(Math.min(mostPerClient, streamsPerClient), most);
        }
    }
}
