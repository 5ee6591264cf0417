package dev.battlestream.effects;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EffectSettingsTest {

    private static final EffectSettings GOOD = EffectSettings.defaults();
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void nonsenseIsRefusedByName() {
        refuses("maxInFlight", () -> GOOD.withMaxInFlight(0));
        refuses("handoverGrace", () -> GOOD.withHandoverGrace(SECOND.negated()));
        refuses("gatePatience", () -> GOOD.withGatePatience(Duration.ZERO));
        refuses("drainLimit", () -> GOOD.withDrainLimit(SECOND.negated()));
        refuses("dispatchInterval", () -> GOOD.withDispatchInterval(Duration.ofSeconds(2)));
        refuses("trials", () -> new EffectSettings.Retry(0, SECOND, 2, SECOND, 0));
        refuses("initial", () -> new EffectSettings.Retry(1, Duration.ZERO, 2, SECOND, 0));
        refuses("multiplier", () -> new EffectSettings.Retry(1, SECOND, 0.5, SECOND, 0));
        refuses("max", () -> new EffectSettings.Retry(1, SECOND, 2, Duration.ofMillis(1), 0));
        refuses("jitter", () -> new EffectSettings.Retry(1, SECOND, 2, SECOND, 1));
    }

    private static void refuses(String setting, ThrowingCallable making) {
        assertThatThrownBy(making)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(setting);
    }
}
