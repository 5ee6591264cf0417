package dev.battlestream.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.health.HealthReport.Dependency;
import dev.battlestream.gateway.health.HealthReport.State;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthReportTest {

    @ParameterizedTest
    @CsvSource({
        "UP,   UP,   UP,   UP,   UP,   UP",
        "DOWN, UP,   UP,   UP,   UP,   DOWN",
        "UP,   DOWN, UP,   UP,   UP,   DOWN",
        "UP,   UP,   DOWN, UP,   UP,   DEGRADED",
        "UP,   UP,   UP,   DOWN, UP,   DEGRADED",
        "UP,   UP,   UP,   UP,   DOWN, DOWN"
    })
    void brokerReportsAndDatabaseAreNeededTheRestIsMissed(
            State broker, State report, State judge, State registry, State database, State all) {
        assertThat(
                        HealthReport.of(
                                        Map.of("report", of(report), "judge", of(judge)),
                                        Map.of(),
                                        of(broker),
                                        of(registry),
                                        of(database))
                                .status())
                .isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({"UP, UP", "DEGRADED, DEGRADED", "DOWN, DEGRADED"})
    void battlesThatAreStartedWaitForWorkers(State workers, State all) {
        Dependency up = of(State.UP);

        assertThat(
                        HealthReport.of(
                                        Map.of("report", up),
                                        Map.of("judge", new Workers(workers, 1)),
                                        up,
                                        up,
                                        up)
                                .status())
                .isEqualTo(all);
    }

    private static Dependency of(State state) {
        return new Dependency(state, 1);
    }
}
