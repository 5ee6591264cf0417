package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.gateway.scale.RunCaps;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of scale runs.
 *
 * @param maxRunCount battles that a run may ask for, see {@link RunCaps}
 * @param maxConcurrency battles of a run at the same time, see {@link RunCaps}
 */
@ConfigurationProperties("battlestream.scale")
record ScaleProperties(int maxRunCount, int maxConcurrency) {

    RunCaps caps() {
        return new RunCaps(maxRunCount, maxConcurrency);
    }
}
