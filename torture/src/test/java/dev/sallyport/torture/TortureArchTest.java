package dev.sallyport.torture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

final class TortureArchTest {
    @Test
    void nothing_dependsOnTheTorture() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("dev.sallyport.torture..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.sallyport.torture..")
                .check(new ClassFileImporter().importPackages("dev.sallyport"));
    }
}
