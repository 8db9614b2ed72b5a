package dev.sallyport.api;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.sallyport.reports.planted.PlantedShortcut;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The modules and arrows of ARCHITECTURE.md, over the whole product. */
final class ArchitectureArchTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sallyport");

    private static final String POLICY = "dev.sallyport.policy..";
    private static final String FORMAT = "dev.sallyport.format..";
    private static final String LEDGER = "dev.sallyport.ledger..";

    /** Each module with all that it may use of ours. */
    static Stream<ArchRule> arrows() {
        return Stream.of(
                mayUse(POLICY),
                mayUse(FORMAT),
                mayUse("dev.sallyport.migrations.."),
                mayUse("dev.sallyport.inference..", POLICY),
                mayUse("dev.sallyport.verifier..", FORMAT),
                mayUse(LEDGER, POLICY, FORMAT),
                mayUse("dev.sallyport.reports..", LEDGER, POLICY, FORMAT));
    }

    private static ArchRule mayUse(String module, String... others) {
        return classes()
                .that()
                .resideInAPackage(module)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("dev.sallyport..")
                        .or(resideInAPackage(module))
                        .or(resideInAnyPackage(others)));
    }

    @ParameterizedTest
    @MethodSource("arrows")
    void modules_useOnlyWhatTheyMay(ArchRule arrow) {
        arrow.check(PRODUCT);
    }

    @Test
    void packages_haveNoCycles() {
        slices().matching("dev.sallyport.(**)").should().beFreeOfCycles().check(PRODUCT);
    }

    /** The interfaces for administrators and auditors stand beside the way of a request, not on it. */
    @Test
    void interfaces_useNothingOfTheGateway() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.sallyport.api.web..", "dev.sallyport.api.admin..", "dev.sallyport.api.audit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.sallyport.api.gateway..")
                .check(PRODUCT);
    }

    @Test
    void vertx_isUsedThroughItsPublicApi() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..impl..", "io.vertx..internal..")
                .check(PRODUCT);
    }

    @Test
    void workers_holdNoDatabaseCredential() {
        noClasses()
                .that()
                .resideInAPackage("dev.sallyport.inference..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "com.zaxxer..")
                .check(PRODUCT);
    }

    @Test
    void plantedShortcut_isCaught() {
        JavaClasses planted = new ClassFileImporter().importClasses(PlantedShortcut.class);

        assertThat(arrows().anyMatch(arrow ->
                        arrow.allowEmptyShould(true).evaluate(planted).hasViolation()))
                .isTrue();
    }
}
