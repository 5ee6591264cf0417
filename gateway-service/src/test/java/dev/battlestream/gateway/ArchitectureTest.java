package dev.battlestream.gateway;

import dev.battlestream.testkit.Architecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void theGatewayKeepsTheLaws() {
        Architecture.of("dev.battlestream.gateway")
                // RE2's own compiler says whether a pattern is one, and the shared policy what it
                // may cost; annotations name JSON fields.
                .allowing(
                        "com.google.re2j..",
                        "dev.battlestream.policy..",
                        "com.fasterxml.jackson.annotation..")
                .check();
    }
}
