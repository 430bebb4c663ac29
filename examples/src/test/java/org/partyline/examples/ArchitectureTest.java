package org.partyline.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The examples show that the public API is enough. */
class ArchitectureTest {
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
}
