package org.partyline.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The fences of this module: see docs/architecture.md. */
@AnalyzeClasses(packages = "org.partyline.testkit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final int MAX_TYPES = 25;
    private static final int MAX_LINES = 800;

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("org.partyline.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_LISTENER_KNOWS_NETTY = noClasses()
            .that()
            .resideOutsideOfPackage("org.partyline.testkit.internal.net")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule ONLY_CERTIFICATES_KNOW_BOUNCY_CASTLE = noClasses()
            .that()
            .resideOutsideOfPackage("org.partyline.testkit.internal.tls")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    /** Core's own tests use the testkit: it knows of the SDK what is below core, and of sign-in nothing at all. */
    @ArchTest
    static final ArchRule NOTHING_OF_THE_CLIENT_IS_USED = classes()
            .that()
            .resideInAPackage("org.partyline.testkit..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.partyline.testkit..",
                    "org.partyline.transport..",
                    "io.netty..",
                    "org.bouncycastle..",
                    "org.jspecify..",
                    "org.junit.jupiter.api..",
                    "org.slf4j..",
                    "java..",
                    "javax..");

    /** Scripts are played without the codec, so that a mistake of it cannot hide. */
    @ArchTest
    static final ArchRule SCRIPTS_KNOW_NO_CODEC = noClasses()
            .that()
            .resideInAPackage("org.partyline.testkit.internal.script")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.partyline.transport..");

    /** JUnit is optional: a network can be started without it. */
    @ArchTest
    static final ArchRule ONLY_THE_EXTENSION_KNOWS_JUNIT = noClasses()
            .that()
            .doNotHaveSimpleName("TestNetworkExtension")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.junit..");

    /** T-DES-1. */
    @ArchTest
    static final ArchRule NOTHING_IS_DESERIALIZED =
            noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);

    @ArchTest
    static void onlyThrowablesAndEnumsAreSerializable(JavaClasses classes) {
        List<String> serializable = classes.stream()
                .filter(c -> c.isAssignableTo(Serializable.class))
                .filter(c -> !c.isAssignableTo(Throwable.class) && !c.isAssignableTo(Enum.class))
                .map(JavaClass::getName)
                .toList();
        assertEquals(List.of(), serializable);
    }

    @ArchTest
    static void publicSignaturesNameNoTypeOfTheLibrariesBeneath(JavaClasses classes) {
        List<String> leaks = new ArrayList<>();
        for (JavaClass owner : classes) {
            if (owner.getPackageName().contains(".internal")
                    || !owner.getModifiers().contains(JavaModifier.PUBLIC)) {
                continue;
            }
            Stream.concat(
                            owner.getCodeUnits().stream()
                                    .filter(unit -> isOpen(unit.getModifiers()))
                                    .flatMap(unit -> Stream.of(
                                                    Stream.of(unit.getReturnType()),
                                                    unit.getParameterTypes().stream(),
                                                    unit.getExceptionTypes().stream()
                                                            .map(JavaType.class::cast))
                                            .flatMap(types -> types)),
                            Stream.concat(
                                    owner.getFields().stream()
                                            .filter(field -> isOpen(field.getModifiers()))
                                            .map(field -> field.getType()),
                                    Stream.concat(owner.getInterfaces().stream(), owner.getSuperclass().stream())))
                    .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                    .filter(type -> type.getPackageName().startsWith("io.netty")
                            || type.getPackageName().startsWith("org.bouncycastle")
                            || type.getPackageName().startsWith("org.partyline.testkit.internal"))
                    .forEach(type -> leaks.add(owner.getName() + " names " + type.getName()));
        }
        assertEquals(List.of(), leaks);
    }

    private static boolean isOpen(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    @ArchTest
    static void noPackageHoldsMoreThan25Types(JavaClasses classes) {
        Map<String, Long> types = classes.stream()
                .filter(c -> c.isTopLevelClass() && !c.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        types.values().removeIf(count -> count <= MAX_TYPES);
        assertEquals(Map.of(), types);
    }

    @Test
    void noSourceFileIsLongerThan800Lines() throws IOException {
        List<String> tooLong = new ArrayList<>();
        int files = 0;
        try (Stream<Path> tree = Files.walk(Path.of("src"))) {
            for (Path file : tree.filter(f -> f.toString().endsWith(".java")).toList()) {
                files++;
                if (Files.readAllLines(file).size() > MAX_LINES) {
                    tooLong.add(file.toString());
                }
            }
        }
        assertEquals(List.of(), tooLong);
        assertFalse(files == 0, "no sources found: the test must run in the module's directory");
    }
}
