package dev.battlestream.effects;

import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of an aggregate's streams and of the engine of its effects. They end in this order: the
 * calls that run, while the streams still read their results, then the streams. A stream thread
 * that dies is replaced.
 */
public final class AggregateStreams {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(AggregateStreams.class);

    private final KafkaStreams streams;
    private final EffectEngine<?, ?> engine;
    private final ThreadReplacement replacement = new ThreadReplacement();
    private volatile boolean running;

    /** Takes over both; the streams are not yet started. */
    public AggregateStreams(KafkaStreams streams, EffectEngine<?, ?> engine) {
        this.streams = streams;
        this.engine = engine;
        streams.setUncaughtExceptionHandler(replacement);
        streams.setStateListener((now, before) -> LOG.info("streams state={}", now));
    }

    public void start() {
        streams.start();
        running = true;
    }

    /** Ends both, started or not, within the engine's drain limit and ten seconds. */
    public void stop() {
        engine.close();
        replacement.end();
        if (!streams.close(CLOSE_LIMIT)) {
            LOG.warn("the streams did not end in time limit={}", CLOSE_LIMIT);
        }
        running = false;
    }

    /** Whether it was started and not stopped. */
    public boolean isRunning() {
        return running;
    }

    /** Records are only read in state RUNNING. */
    public KafkaStreams.State state() {
        return streams.state();
    }

    public int callsInFlight() {
        return engine.inFlight();
    }

    public int callsWaiting() {
        return engine.waiting();
    }
}
