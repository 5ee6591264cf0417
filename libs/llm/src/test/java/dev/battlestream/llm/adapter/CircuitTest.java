package dev.battlestream.llm.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.battlestream.llm.CircuitSettings;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ModelReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class CircuitTest {

    private static final ModelReference MODEL = ModelReference.parse("test:m");

    @Test
    void itOpensWhenHalfOfTheLastAttemptsFailedAndSaysForHowLong() throws Exception {
        Circuit circuit = circuit(Duration.ofMinutes(1));
        succeed(circuit);
        succeed(circuit);
        fail(circuit, Kind.OVERLOADED);
        assertThat(circuit.isOpen()).isFalse();

        fail(circuit, Kind.NETWORK);

        ModelException atRest =
                catchThrowableOfType(ModelException.class, () -> circuit.check(MODEL));
        assertThat(circuit.isOpen()).isTrue();
        assertThat(atRest.kind()).isEqualTo(Kind.CIRCUIT_OPEN);
        assertThat(atRest).hasMessage("test:m is not asked for 60 s because its last calls failed");
        assertThat(atRest.calls()).isZero();
        assertThat(atRest.retryAfter()).hasValueSatisfying(left -> assertThat(left).isPositive());
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"OVERLOADED", "TIMEOUT", "NETWORK", "GARBAGE"})
    void theProvidersStateOpensIt(Kind kind) throws Exception {
        Circuit circuit = circuit(Duration.ofMinutes(1));
        failRepeatedly(circuit, kind);

        assertThat(circuit.isOpen()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {
                "RATE_LIMITED",
                "BAD_REQUEST",
                "CONTEXT_TOO_LONG",
                "AUTH",
                "REFUSED",
                "UNKNOWN_MODEL"
            })
    void whatLiesWithTheRequestDoesNot(Kind kind) throws Exception {
        Circuit circuit = circuit(Duration.ofMinutes(1));
        failRepeatedly(circuit, kind);

        assertThat(circuit.isOpen()).isFalse();
        assertThatCode(() -> circuit.acquire(MODEL)).doesNotThrowAnyException();
    }

    @Test
    void afterItsRestAFewAreLetThroughAndDecide() throws Exception {
        Circuit circuit = circuit(Duration.ofMillis(50));
        failRepeatedly(circuit, Kind.OVERLOADED);
        await().ignoreExceptions().untilAsserted(() -> circuit.acquire(MODEL));
        circuit.acquire(MODEL);

        ModelException third =
                catchThrowableOfType(ModelException.class, () -> circuit.acquire(MODEL));
        assertThat(third).hasMessageContaining("is being tried again and not asked meanwhile");

        circuit.succeeded(Duration.ZERO);
        circuit.succeeded(Duration.ZERO);
        assertThatCode(() -> circuit.acquire(MODEL)).doesNotThrowAnyException();
    }

    @Test
    void anAttemptThatWasCancelledIsNoTrial() throws Exception {
        Circuit circuit = circuit(Duration.ofMillis(50));
        failRepeatedly(circuit, Kind.OVERLOADED);
        await().ignoreExceptions().untilAsserted(() -> circuit.acquire(MODEL));

        for (int i = 0; i < 10; i++) {
            circuit.abandoned();
            circuit.acquire(MODEL);
        }
    }

    @Test
    void oneThatIsOffNeverOpens() throws Exception {
        Circuit circuit = new Circuit(CircuitSettings.off(), "test:m");
        for (int i = 0; i < 100; i++) {
            fail(circuit, Kind.OVERLOADED);
        }

        assertThat(circuit.isOpen()).isFalse();
    }

    private static Circuit circuit(Duration rest) {
        return new Circuit(new CircuitSettings(true, 50, 4, 4, rest, 2), "test:m");
    }

    private static void failRepeatedly(Circuit circuit, Kind kind) throws ModelException {
        for (int i = 0; i < 4; i++) {
            fail(circuit, kind);
        }
    }

    private static void fail(Circuit circuit, Kind kind) throws ModelException {
        circuit.acquire(MODEL);
        circuit.failed(new ModelException(kind, "it failed", null, 1, null), Duration.ZERO);
    }

    private static void succeed(Circuit circuit) throws ModelException {
        circuit.acquire(MODEL);
        circuit.succeeded(Duration.ZERO);
    }
}
