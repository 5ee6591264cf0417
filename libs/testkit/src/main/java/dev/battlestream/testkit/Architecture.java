package dev.battlestream.testkit;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.AvroGenerated;
import org.jspecify.annotations.NullMarked;

/**
 * The laws of the code base, called from an ordinary test of each module.
 *
 * <pre>{@code
 * Architecture.of("dev.battlestream.runner").check();
 * }</pre>
 */
public final class Architecture {

    private static final String ROOT = "dev.battlestream";
    private static final List<String> SERVICES = List.of("gateway", "runner", "judge", "report");

    /**
     * What answers differently each time it is called, so that a decision could not be repeated.
     */
    private static final Set<String> IMPURE_CALLS =
            Set.of(
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.nanoTime",
                    "java.lang.System.getenv",
                    "java.lang.System.getProperty",
                    "java.lang.Math.random",
                    "java.util.UUID.randomUUID");

    private static final Set<String> WORLDLY_CLASSES =
            Set.of(
                    "java.time.Clock",
                    "java.lang.Thread",
                    "java.lang.Process",
                    "java.lang.ProcessBuilder",
                    "java.util.Random",
                    "java.util.concurrent.ThreadLocalRandom");

    private static final Set<String> WORLDLY_PACKAGES =
            Set.of("java.io", "java.net", "java.nio.file", "java.nio.channels", "java.sql");

    private final String base;
    private final JavaClasses classes;
    private final List<String> allowed = new ArrayList<>();

    private Architecture(String base, ImportOption which) {
        this.base = base;
        this.classes = new ClassFileImporter().withImportOption(which).importPackages(base);
        if (classes.isEmpty()) {
            throw new IllegalStateException("No classes in " + base);
        }
    }

    /** The classes of a module, its tests left out, by its base package. */
    public static Architecture of(String basePackage) {
        return new Architecture(basePackage, ImportOption.Predefined.DO_NOT_INCLUDE_TESTS);
    }

    static Architecture ofTests(String basePackage) {
        return new Architecture(basePackage, ImportOption.Predefined.ONLY_INCLUDE_TESTS);
    }

    /** Lets feature packages use further packages, such as a pure library; ArchUnit's patterns. */
    public Architecture allowing(String... packages) {
        allowed.addAll(List.of(packages));
        return this;
    }

    /** Every law at once, for a service. */
    public void check() {
        featuresArePure();
        noPackageCycles();
        servicesDoNotSeeEachOther();
        everyPackageIsNullMarked();
    }

    /**
     * Classes of a feature package (any below the base package) outside of {@code ..adapter..} use
     * only Java, JSpecify, each other and what {@link #allowing} adds; no clock, no randomness, no
     * input or output. Generated events, Spring, Kafka, Avro and loggers fall outside by that.
     */
    public void featuresArePure() {
        List<String> usable = new ArrayList<>(List.of("java..", "org.jspecify.."));
        usable.addAll(allowed);
        DescribedPredicate<JavaClass> own = resideInAPackage(base + "..").and(not(adapter()));
        DescribedPredicate<JavaClass> permitted =
                own.or(resideInAnyPackage(usable.toArray(String[]::new)));
        ArchRule dependencies =
                noClasses()
                        .that(feature())
                        .should()
                        .dependOnClassesThat(
                                describe(
                                        "are the world's",
                                        type ->
                                                !element(type).isPrimitive()
                                                        && !permitted.test(element(type))))
                        .because("a feature package is pure; its adapter touches the world");
        ArchRule world =
                noClasses()
                        .that(feature())
                        .should()
                        .dependOnClassesThat(
                                describe("touch the world", type -> worldly(element(type))))
                        .because("time, randomness and the world are arguments");
        ArchRule repeatable =
                noClasses()
                        .that(feature())
                        .should()
                        .accessTargetWhere(
                                describe(
                                        "time and ids come as arguments",
                                        access -> impure(access.getTarget())))
                        .because("the same input must always decide the same");
        check(CompositeArchRule.of(dependencies).and(world).and(repeatable));
    }

    /** No package below the base depends, by any path, on one that depends on it. */
    public void noPackageCycles() {
        check(slices().matching(base + ".(**)").should().beFreeOfCycles());
    }

    /** A service uses no class of another. */
    public void servicesDoNotSeeEachOther() {
        String[] others =
                SERVICES.stream()
                        .map(service -> ROOT + "." + service)
                        .filter(service -> !service.equals(base))
                        .map(service -> service + "..")
                        .toArray(String[]::new);
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(others))
                        .because("services meet on the log and over HTTP"));
    }

    /** Every package of ours says {@code @NullMarked} in its {@code package-info}. */
    public void everyPackageIsNullMarked() {
        List<String> unmarked = new ArrayList<>();
        collectUnmarked(classes.getPackage(base), unmarked);
        if (!unmarked.isEmpty()) {
            throw new AssertionError("Packages without @NullMarked: " + unmarked);
        }
    }

    private static void collectUnmarked(JavaPackage at, List<String> unmarked) {
        boolean marked =
                at.tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false);
        boolean ours = at.getClasses().stream().anyMatch(type -> !generated(type));
        if (ours && !marked) {
            unmarked.add(at.getName());
        }
        at.getSubpackages().forEach(sub -> collectUnmarked(sub, unmarked));
    }

    /** Whether Avro wrote it, or it is nested in what Avro wrote. */
    private static boolean generated(JavaClass type) {
        return type.isAnnotatedWith(AvroGenerated.class)
                || type.getEnclosingClass().map(Architecture::generated).orElse(false);
    }

    private DescribedPredicate<JavaClass> feature() {
        return resideInAPackage(base + ".*..")
                .and(not(adapter()))
                .as("classes of feature packages");
    }

    private static DescribedPredicate<JavaClass> adapter() {
        return resideInAPackage("..adapter..");
    }

    /** What an array is made of, else the type itself. */
    private static JavaClass element(JavaClass type) {
        return type.getBaseComponentType();
    }

    private static boolean worldly(JavaClass type) {
        return WORLDLY_CLASSES.contains(type.getName())
                || (WORLDLY_PACKAGES.stream().anyMatch(type.getPackageName()::startsWith)
                        && !type.getName().equals("java.io.Serializable"));
    }

    private static boolean impure(AccessTarget target) {
        String owner = target.getOwner().getName();
        return IMPURE_CALLS.contains(owner + "." + target.getName())
                || (owner.startsWith("java.time.") && target.getName().equals("now"));
    }

    private void check(ArchRule rule) {
        // A module without a feature package yet breaks no law.
        rule.allowEmptyShould(true).check(classes);
    }
}
