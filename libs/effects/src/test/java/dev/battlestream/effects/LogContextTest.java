package dev.battlestream.effects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextTest {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @AfterEach
    void leave() {
        LogContext.leave();
    }

    @Test
    void linesNameTheBattleAndItsCauseUntilTheThreadLeaves() {
        LogContext.enter("b-1", TRACE_ID, "r-7");

        assertThat(MDC.getCopyOfContextMap())
                .isEqualTo(Map.of("battleId", "b-1", "traceId", TRACE_ID, "requestId", "r-7"));

        LogContext.leave();
        assertThat(MDC.get("battleId")).isNull();
        assertThat(MDC.get("traceId")).isNull();
        assertThat(MDC.get("requestId")).isNull();
    }

    @Test
    void whatCouldForgeALineIsLeftOut() {
        LogContext.enter("b\nforged", "", "r\nforged");

        assertThat(MDC.get("battleId")).isNull();
        assertThat(MDC.get("traceId")).isNull();
        assertThat(MDC.get("requestId")).isNull();
    }
}
