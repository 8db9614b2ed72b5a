package dev.sallyport.inference;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

@AnalyzeClasses(packages = "dev.sallyport.inference", importOptions = ImportOption.DoNotIncludeTests.class)
class InferenceArchTest {
    private static final String MODULE = "dev.sallyport.inference..";

    @ArchTest
    static final ArchRule workers_holdNoDatabase = noClasses()
            .that()
            .resideInAPackage(MODULE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "com.zaxxer..");

    @ArchTest
    static final ArchRule workers_useVertxsPublicInterfaceOnly = noClasses()
            .that()
            .resideInAPackage(MODULE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..impl..", "io.vertx..internal..");

    @ArchTest
    static final ArchRule packages_areFreeOfCycles = slices().matching("dev.sallyport.inference.(**)")
            .namingSlices("$1")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule publicTypes_knowNothingBelowThem = noClasses()
            .that()
            .resideInAPackage("dev.sallyport.inference")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.sallyport.inference.bus..",
                    "dev.sallyport.inference.lane..",
                    "dev.sallyport.inference.guard..",
                    "dev.sallyport.inference.onnx..",
                    "dev.sallyport.inference.tribuo..",
                    "io.vertx..",
                    "ai.onnxruntime..",
                    "org.tribuo..");

    @ArchTest
    static final ArchRule lanes_knowNoRuntimeAndNoBus = noClasses()
            .that()
            .resideInAnyPackage("dev.sallyport.inference.lane..", "dev.sallyport.inference.guard..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "ai.onnxruntime..", "org.tribuo..");

    @ArchTest
    static final ArchRule workers_useThePolicyEngineAlone = classes()
            .that()
            .resideInAPackage(MODULE)
            .should()
            .onlyDependOnClassesThat(new com.tngtech.archunit.base.DescribedPredicate<>("are ours or foreign") {
                @Override
                public boolean test(com.tngtech.archunit.core.domain.JavaClass type) {
                    String name = type.getPackageName();
                    return !name.startsWith("dev.sallyport")
                            || name.startsWith("dev.sallyport.inference")
                            || name.startsWith("dev.sallyport.policy");
                }
            });

    @ArchTest
    static final ArchRule rawOutputs_areReadInTheLanesAlone = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sallyport.inference.lane..")
            .should()
            .callMethod(LoadedModel.class, "run", List.class);

    /** Java's serialisation reads whatever it is given: models never come that way. */
    @ArchTest
    static final ArchRule models_areNeverJavaObjects = noClasses()
            .that()
            .resideInAPackage(MODULE)
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.Object(In|Out)putStream");

    @ArchTest
    static void plantedViolations_areCaught(JavaClasses ignored) {
        JavaClasses planted = new ClassFileImporter().importPackages("dev.sallyport.inference.planted");

        assertThat(workers_holdNoDatabase.evaluate(planted).hasViolation()).isTrue();
        assertThat(workers_useVertxsPublicInterfaceOnly.evaluate(planted).hasViolation())
                .isTrue();
        assertThat(packages_areFreeOfCycles.evaluate(planted).hasViolation()).isTrue();
        assertThat(rawOutputs_areReadInTheLanesAlone.evaluate(planted).hasViolation())
                .isTrue();
    }
}
