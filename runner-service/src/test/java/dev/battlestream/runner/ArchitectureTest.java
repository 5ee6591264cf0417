package dev.battlestream.runner;

import dev.battlestream.testkit.Architecture;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

    @Test
    void theLayoutKeepsItsLaws() {
        Architecture.of("dev.battlestream.runner").allowing("dev.battlestream.policy").check();
    }
}
