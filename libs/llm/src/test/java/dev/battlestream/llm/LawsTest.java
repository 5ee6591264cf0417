package dev.battlestream.llm;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LawsTest {

    private final JavaClasses library =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.battlestream.llm");

    @Test
    void thePortAndThePlaybooksKnowNoLibraryAndNoAdapter() {
        classes()
                .that()
                .resideInAnyPackage("dev.battlestream.llm", "dev.battlestream.llm.playbook")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                "dev.battlestream.llm",
                                "dev.battlestream.llm.playbook",
                                "java..",
                                "org.jspecify.."))
                .check(library);
    }

    @Test
    void thePortKnowsNoPlaybook() {
        noClasses()
                .that()
                .resideInAPackage("dev.battlestream.llm")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.battlestream.llm.playbook")
                .check(library);
    }

    @Test
    void nothingButTheFactoryAndTheCallLogIsPublicInTheAdapter() {
        classes()
                .that()
                .resideInAPackage("dev.battlestream.llm.adapter")
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .haveSimpleName("ChatModelsFactory")
                .orShould()
                .haveSimpleName("CallLog")
                .check(library);
    }
}
