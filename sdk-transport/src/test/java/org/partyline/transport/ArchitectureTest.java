package org.partyline.transport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
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
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/** The fences of this module: see docs/architecture.md. */
@AnalyzeClasses(packages = "org.partyline.transport", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final int MAX_TYPES = 25;
    private static final int MAX_LINES = 800;

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("org.partyline.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_HIDDEN_PART_KNOWS_NETTY = noClasses()
            .that()
            .resideOutsideOfPackage("..internal.netty..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    /** Delays are jittered in one named place; nothing else is left to chance that can be guessed. */
    @ArchTest
    static final ArchRule CHANCE_THAT_CAN_BE_GUESSED_IS_FOR_JITTER_ALONE = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Jitter")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Random.class, ThreadLocalRandom.class);

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
                            || type.getPackageName().startsWith("com.fasterxml")
                            || type.getPackageName().startsWith("org.codehaus"))
                    .forEach(type -> leaks.add(owner.getName() + " names " + type.getName()));
        }
        assertEquals(List.of(), leaks);
    }

    /** T-TLS-7: whom to trust is decided in one place, which no public signature can replace. */
    @ArchTest
    static final ArchRule TRUST_IS_DECIDED_IN_ONE_PLACE = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.partyline.transport.internal.tls.IdentityTrustManager")
            .should()
            .beAssignableTo(TrustManager.class)
            .orShould()
            .beAssignableTo(HostnameVerifier.class)
            .orShould()
            .beAssignableTo(TrustManagerFactorySpi.class);

    /** T-TLS-7. */
    @ArchTest
    static final ArchRule CONTEXTS_ARE_MADE_IN_ONE_PLACE = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("org.partyline.transport.internal.tls.ClientTls")
            .should()
            .callMethod(SSLContext.class, "init", KeyManager[].class, TrustManager[].class, SecureRandom.class)
            .orShould()
            .callMethod(SSLContext.class, "createSSLEngine", String.class, int.class)
            .orShould()
            .callMethod(SSLContext.class, "createSSLEngine")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.netty.handler.ssl.util.InsecureTrustManagerFactory");

    /** T-TLS-7. */
    @ArchTest
    static void publicSignaturesTakeAndGiveNoTrustDecision(JavaClasses classes) {
        Set<Class<?>> decisions = Set.of(
                TrustManager.class,
                X509TrustManager.class,
                X509ExtendedTrustManager.class,
                TrustManagerFactory.class,
                HostnameVerifier.class,
                SSLContext.class,
                SSLEngine.class,
                SSLParameters.class,
                SSLSocketFactory.class);
        List<String> found = new ArrayList<>();
        int signatures = 0;
        for (JavaClass owner : classes) {
            if (owner.getPackageName().contains(".internal")) {
                continue;
            }
            for (JavaCodeUnit unit : owner.getCodeUnits()) {
                if (!isOpen(unit.getModifiers())) {
                    continue;
                }
                signatures++;
                Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .filter(type -> decisions.stream().anyMatch(type::isEquivalentTo))
                        .forEach(type -> found.add(unit.getFullName() + " names " + type.getName()));
            }
        }
        assertFalse(signatures == 0, "there are public signatures");
        assertEquals(List.of(), found);
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
