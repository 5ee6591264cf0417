package dev.battlestream.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.health.HealthReport.State;
import dev.battlestream.gateway.health.Workers.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private static final Member FIRST =
            new Member("battlestream-runner-runner-1-StreamThread-1-consumer", "/10.0.0.1");
    private static final Member ITS_SECOND_THREAD =
            new Member("battlestream-runner-runner-1-StreamThread-2-consumer", "/10.0.0.1");
    private static final Member SECOND =
            new Member("battlestream-runner-runner-2-StreamThread-1-consumer", "/10.0.0.1");
    private static final Member OF_THE_SAME_NAME_ELSEWHERE =
            new Member("battlestream-runner-runner-1-StreamThread-1-consumer", "/10.0.0.2");

    @Test
    void instancesAreCountedNotTheirThreads() {
        assertThat(
                        Workers.of(
                                true,
                                List.of(
                                        FIRST,
                                        ITS_SECOND_THREAD,
                                        SECOND,
                                        OF_THE_SAME_NAME_ELSEWHERE)))
                .isEqualTo(new Workers(State.UP, 3));
    }

    @Test
    void whoHandsOverItsWorkIsNotQuiteUp() {
        assertThat(Workers.of(false, List.of(FIRST))).isEqualTo(new Workers(State.DEGRADED, 1));
        assertThat(Workers.of(true, List.of())).isEqualTo(new Workers(State.DOWN, 0));
    }
}
