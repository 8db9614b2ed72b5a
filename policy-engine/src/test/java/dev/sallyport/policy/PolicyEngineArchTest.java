package dev.sallyport.policy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.sallyport.policy.planted.PlantedReader;
import org.junit.jupiter.api.Test;

/** The engine decides and does nothing else: no input or output, no network, no server framework, no cycle. */
final class PolicyEngineArchTest {
    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sallyport.policy");

    private static final ArchRule NO_IO = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.sallyport.policy.ShippedText")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.nio.channels..", "java.sql..")
            .because("policies are decided on facts alone; only the shipped documents are read, from the class path");

    private static final ArchRule NO_SERVER = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..")
            .because("the engine is usable alone as a library");

    private static final ArchRule NOTHING_OF_OURS = classes()
            .that()
            .resideInAPackage("dev.sallyport.policy..")
            .should()
            .onlyDependOnClassesThat(
                    resideOutsideOfPackage("dev.sallyport..").or(resideInAPackage("dev.sallyport.policy..")));

    private static final ArchRule NO_CYCLES =
            slices().matching("dev.sallyport.policy.(*)..").should().beFreeOfCycles();

    private static final ArchRule INWARDS = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.sallyport.policy.condition..",
                    "dev.sallyport.policy.detection..",
                    "dev.sallyport.policy.document..",
                    "dev.sallyport.policy.lattice..",
                    "dev.sallyport.policy.output..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.sallyport.policy");

    @Test
    void engine_hasNoInputOrOutput() {
        NO_IO.check(ENGINE);
        NO_SERVER.check(ENGINE);
        NOTHING_OF_OURS.check(ENGINE);
    }

    @Test
    void packages_pointOneWay() {
        NO_CYCLES.check(ENGINE);
        INWARDS.check(ENGINE);
    }

    @Test
    void plantedReader_isCaught() {
        JavaClasses planted = new ClassFileImporter().importClasses(PlantedReader.class);

        assertThat(NO_IO.evaluate(planted).hasViolation()).isTrue();
    }
}
