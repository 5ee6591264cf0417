package dev.battlestream.report;

import dev.battlestream.testkit.Architecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void theLawsOfTheCodeBaseHold() {
        Architecture.of("dev.battlestream.report").check();
    }
}
