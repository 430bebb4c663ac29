package org.partyline.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The examples show that the public API is enough. */
class ArchitectureTest {
    private static final int MOST_TYPES = 25;
    private static final JavaClasses EXAMPLES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.partyline.examples");

    @Test
    void examplesAreThere() {
        assertTrue(EXAMPLES.size() > 30, "found " + EXAMPLES.size() + " classes");
    }

    @Test
    void packages_formNoCycle() {
        slices().matching("org.partyline.(**)").should().beFreeOfCycles().check(EXAMPLES);
    }

    @Test
    void internals_areNotUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.partyline..internal..")
                .check(EXAMPLES);
    }

    @Test
    void jline_isKnownToTheTerminalAlone() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("TerminalView")
                .and()
                .haveSimpleNameNotStartingWith("Views")
                .and()
                .haveSimpleNameNotStartingWith("Wrapping")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jline..")
                .check(EXAMPLES);
    }

    @Test
    void jackson_isKnownToStrictJsonAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.partyline.examples.operator.json")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson..")
                .check(EXAMPLES);
    }

    @Test
    void operator_knowsNoClient() {
        noClasses()
                .that()
                .resideInAPackage("org.partyline.examples.operator..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.partyline.client..", "org.partyline.xmpp..", "org.partyline.testkit..")
                .check(EXAMPLES);
    }

    @Test
    void packagesOfTheOperator_areSmall() {
        Map<String, Long> types = EXAMPLES.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .filter(type -> type.getPackageName().startsWith("org.partyline.examples.operator"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertFalse(types.isEmpty());
        types.forEach((name, count) -> assertTrue(count <= MOST_TYPES, name + " has " + count + " types"));
    }
}
