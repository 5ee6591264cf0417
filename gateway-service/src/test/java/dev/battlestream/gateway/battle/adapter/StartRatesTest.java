package dev.battlestream.gateway.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class StartRatesTest {

    @Test
    void everyAnswerSaysWhatIsLeftAndWhenThereIsMore() {
        StartRates rates = new StartRates(2, Duration.ofMinutes(1), 10);

        assertThat(counted(rates, "a").getHeader("RateLimit-Policy"))
                .isEqualTo("\"starts\";q=2;w=60");
        assertThat(counted(rates, "a").getHeader("RateLimit")).matches("\"starts\";r=0;t=(60|59)");

        MockHttpServletResponse refused = new MockHttpServletResponse();
        assertThatThrownBy(() -> rates.count("a", refused))
                .isInstanceOfSatisfying(
                        RequestProblem.class,
                        problem -> {
                            assertThat(problem.code()).isEqualTo(ProblemCode.RATE_LIMITED);
                            assertThat(problem.retryAfter().orElseThrow())
                                    .isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60));
                        });
        assertThat(refused.getHeader("RateLimit")).startsWith("\"starts\";r=0;t=");
    }

    @Test
    void clientsDoNotShareTheirAllowance() {
        StartRates rates = new StartRates(1, Duration.ofMinutes(1), 10);

        counted(rates, "a");

        assertThat(counted(rates, "b").getHeader("RateLimit")).startsWith("\"starts\";r=0");
    }

    @Test
    void theNextWindowBringsTheWholeAllowance() {
        StartRates rates = new StartRates(1, Duration.ofMillis(300), 10);
        counted(rates, "a");

        await().atMost(Duration.ofSeconds(5))
                .ignoreException(RequestProblem.class)
                .untilAsserted(() -> assertThat(counted(rates, "a").getStatus()).isEqualTo(200));
    }

    @Test
    void anyNumberOfClientsTakesABoundedMemoryAndTheLatestAreRemembered() {
        StartRates rates = new StartRates(1, Duration.ofMinutes(1), 100);
        counted(rates, "kept");
        for (int i = 0; i < 100_000; i++) {
            counted(rates, "client " + i);
            if (i % 50 == 0) {
                assertThatThrownBy(() -> counted(rates, "kept")).isInstanceOf(RequestProblem.class);
            }
        }

        assertThat(rates.clients()).isEqualTo(100);
        assertThat(counted(rates, "client 1").getStatus()).as("forgotten").isEqualTo(200);
    }

    private static MockHttpServletResponse counted(StartRates rates, String client) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        rates.count(client, response);
        return response;
    }
}
