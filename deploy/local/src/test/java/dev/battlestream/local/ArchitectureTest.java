package dev.battlestream.local;

import dev.battlestream.testkit.Architecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void theModuleKeepsTheLaws() {
        Architecture.of("dev.battlestream.local").check();
    }
}
