package dev.battlestream.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final Architecture obedient =
            Architecture.ofTests("dev.battlestream.testkit.laws.obedient");
    private final Architecture disobedient =
            Architecture.ofTests("dev.battlestream.testkit.laws.disobedient");

    @Test
    void aServiceThatKeepsTheLawsPasses() {
        assertThatCode(obedient::check).doesNotThrowAnyException();
    }

    @Test
    void aFeatureThatKnowsItsAdapterOrTheClockIsNamed() {
        assertThatThrownBy(disobedient::featuresArePure)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("DuelSettings")
                .hasMessageContaining("Instant.now()");
    }

    @Test
    void aCycleOfPackagesIsNamed() {
        assertThatThrownBy(disobedient::noPackageCycles)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected");
    }

    @Test
    void aPackageWithoutNullMarkedIsNamed() {
        assertThatThrownBy(disobedient::everyPackageIsNullMarked)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("disobedient.duel.adapter");
    }

    @Test
    void theTestkitItselfKeepsThem() {
        Architecture testkit = Architecture.of("dev.battlestream.testkit");

        assertThatCode(testkit::servicesDoNotSeeEachOther).doesNotThrowAnyException();
        assertThatCode(testkit::everyPackageIsNullMarked).doesNotThrowAnyException();
    }
}
