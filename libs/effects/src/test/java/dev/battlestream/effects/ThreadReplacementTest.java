package dev.battlestream.effects;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

class ThreadReplacementTest {

    private final Throwable fault = new IllegalStateException("said: my secret");

    private final Logger logger =
            (Logger) LoggerFactory.getLogger(ThreadReplacement.class.getName());
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
    }

    @Test
    void aThreadThatDiedIsReplacedAfterAPause() {
        ThreadReplacement replacement = new ThreadReplacement(Duration.ofMillis(50));
        long start = System.nanoTime();

        assertThat(replacement.handle(fault))
                .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    @Timeout(30)
    void nobodyPausesAtTheEnd() {
        ThreadReplacement replacement = new ThreadReplacement(Duration.ofHours(1));

        replacement.end();

        assertThat(replacement.handle(fault))
                .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    }

    @Test
    void theLogQuotesNothing() {
        new ThreadReplacement(Duration.ZERO).handle(fault);

        assertThat(log.list).hasSize(1);
        ILoggingEvent event = log.list.getFirst();
        assertThat(event.getFormattedMessage())
                .contains("java.lang.IllegalStateException")
                .doesNotContain("secret");
        assertThat(event.getThrowableProxy()).isNull();
    }
}
