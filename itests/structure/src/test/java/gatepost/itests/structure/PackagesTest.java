package gatepost.itests.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The packages of each bundle stand one upon the other. Whatever has Java in the folder of bundles is looked at, named here or not. */
class PackagesTest {

    private static final Path BUNDLES = Path.of("..", "..", "bundles");
    private static final int FEWEST_BUNDLES = 10;

    private static final SliceAssignment PACKAGES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    };

    @TestFactory
    Stream<DynamicTest> noPackageNeedsOneThatNeedsIt() throws IOException {
        List<Path> bundles;
        try (Stream<Path> folders = Files.list(BUNDLES)) {
            bundles = folders.filter(folder -> Files.isDirectory(sources(folder)))
                    .sorted()
                    .toList();
        }
        assertTrue(bundles.size() >= FEWEST_BUNDLES, bundles.toString());
        return bundles.stream()
                .map(bundle -> DynamicTest.dynamicTest(bundle.getFileName().toString(), () -> check(bundle)));
    }

    private static void check(Path bundle) throws IOException {
        Set<String> packages = packages(sources(bundle));
        // in others there is what an earlier build has left
        JavaClasses classes = new ClassFileImporter()
                .importPath(bundle.resolve("target/classes"))
                .that(DescribedPredicate.describe(
                        "come from a source", type -> packages.contains(type.getPackageName())));
        assertEquals(
                packages,
                classes.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new)),
                "all of " + bundle + " is compiled");
        SlicesRuleDefinition.slices()
                .assignedFrom(PACKAGES)
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    private static Path sources(Path bundle) {
        return bundle.resolve("src/main/java");
    }

    /** Those with a class, so not those with a package-info only. */
    private static Set<String> packages(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
