package dev.battlestream.runner.scale.adapter;

import dev.battlestream.runner.scale.RunCaps;
import dev.battlestream.schemas.LogRetention;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a scale run may ask for at most, whoever asks; each has the default of application.yml.
 *
 * @param maxRunCount battles of one run, at least 1
 * @param maxConcurrency battles of one run at once, at least 1
 * @param maxTimeout of a run, 1 s to 7 days
 */
@ConfigurationProperties("battlestream.scale")
record ScaleSettings(
        @DefaultValue("10") int maxRunCount,
        @DefaultValue("3") int maxConcurrency,
        @DefaultValue("7d") Duration maxTimeout) {

    private static final int LABELS = 50;
    private static final int LABEL_LENGTH = 200;

    RunCaps caps(LogRetention log) {
        return new RunCaps(
                maxRunCount, maxConcurrency, maxTimeout, LABELS, LABEL_LENGTH, log.requests());
    }
}
