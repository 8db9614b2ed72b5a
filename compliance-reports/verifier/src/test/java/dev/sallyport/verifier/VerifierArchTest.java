package dev.sallyport.verifier;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** An auditor runs the verifier with a JDK and nothing else. */
@AnalyzeClasses(packages = "dev.sallyport.verifier", importOptions = ImportOption.DoNotIncludeTests.class)
class VerifierArchTest {
    @ArchTest
    static final ArchRule USES_THE_JDK_AND_THE_FORMAT = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "dev.sallyport.format..",
                    "dev.sallyport.verifier..",
                    "org.jspecify..",
                    "com.google.errorprone.annotations.."));

    @Test
    void aClassThatUsesALibrary_isCaught() {
        var planted = new ClassFileImporter().importClasses(VerifierArchTest.class);
        assertThat(USES_THE_JDK_AND_THE_FORMAT.evaluate(planted).hasViolation()).isTrue();
    }
}
