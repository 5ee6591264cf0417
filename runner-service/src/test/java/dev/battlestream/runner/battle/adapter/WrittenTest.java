package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.testkit.PlainAvro;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WrittenTest {

    private static final Written AT_ONCE = Written.of(new EventSerdes(PlainAvro.settings()));

    private final AtomicInteger outages = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();

    /** Its registry answers when so many questions have failed. */
    private final Written written =
            new Written(
                    AT_ONCE.turns(),
                    (topic, ended) -> {
                        asked.incrementAndGet();
                        if (outages.getAndDecrement() > 0) {
                            throw new SerializationException("no registry");
                        }
                        return AT_ONCE.outcomes().serialize(topic, ended);
                    },
                    AT_ONCE.members(),
                    AT_ONCE.deltas());

    @Test
    void theSamplesCanBeWritten() {
        assertThatCode(AT_ONCE::resolve).doesNotThrowAnyException();
    }

    @Test
    void aRegistryThatComesLaterIsWaitedFor() {
        outages.set(2);

        written.resolve();

        assertThat(asked).hasValue(3);
    }

    @Test
    void aRegistryThatDoesNotComeStopsTheStart() {
        outages.set(Integer.MAX_VALUE);

        assertThatThrownBy(() -> RegistryPatience.ask(written::serializeSamples, Duration.ZERO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("registry did not give the schemas within PT0S")
                .hasCauseInstanceOf(SerializationException.class);
    }

    @Test
    void aShutdownEndsTheWaiting() {
        outages.set(Integer.MAX_VALUE);
        Thread.currentThread().interrupt();

        assertThatThrownBy(written::resolve)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
