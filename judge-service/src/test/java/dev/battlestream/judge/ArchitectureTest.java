package dev.battlestream.judge;

import dev.battlestream.testkit.Architecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void theLawsOfTheCodeBaseHold() {
        Architecture.of("dev.battlestream.judge")
                // Values and computation only: expressions, JSON text, and what a question is.
                .allowing(
                        "com.google.re2j",
                        "com.networknt..",
                        "tools.jackson..",
                        "dev.battlestream.llm",
                        "dev.battlestream.policy")
                .check();
    }
}
