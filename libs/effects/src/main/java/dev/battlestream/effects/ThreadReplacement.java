package dev.battlestream.effects;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that died, after a pause: what it died of may last, and a tight loop of
 * dying threads helps nobody.
 */
public final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);

    private final Duration pause;
    private final CountDownLatch ending = new CountDownLatch(1);

    public ThreadReplacement() {
        this(PAUSE);
    }

    ThreadReplacement(Duration pause) {
        this.pause = pause;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable fault) {
        LOG.error("a stream thread died and is replaced fault={}", FaultTrace.of(fault));
        try {
            var _ = ending.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** No thread pauses any longer; to be called before the streams are closed. */
    public void end() {
        ending.countDown();
    }
}
