package dev.sallyport.format;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** An auditor rebuilds this module with a JDK and nothing else; the annotations are for the compiler. */
@AnalyzeClasses(packages = "dev.sallyport.format", importOptions = ImportOption.DoNotIncludeTests.class)
class FormatArchTest {
    @ArchTest
    static final ArchRule USES_THE_JDK_ALONE = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "dev.sallyport.format..",
                    "org.jspecify..",
                    "com.google.errorprone.annotations.."));

    @ArchTest
    static final ArchRule ARROWS_POINT_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("record")
            .definedBy("dev.sallyport.format")
            .layer("merkle")
            .definedBy("dev.sallyport.format.merkle")
            .layer("log")
            .definedBy("dev.sallyport.format.log")
            .layer("receipt")
            .definedBy("dev.sallyport.format.receipt")
            .layer("export")
            .definedBy("dev.sallyport.format.export")
            .whereLayer("export")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("receipt")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("log")
            .mayOnlyBeAccessedByLayers("receipt", "export")
            .whereLayer("merkle")
            .mayOnlyBeAccessedByLayers("log", "receipt", "export");

    @Test
    void aClassThatUsesALibrary_isCaught() {
        JavaClasses planted = new ClassFileImporter().importClasses(FormatArchTest.class);
        assertThat(USES_THE_JDK_ALONE.evaluate(planted).hasViolation()).isTrue();
    }
}
