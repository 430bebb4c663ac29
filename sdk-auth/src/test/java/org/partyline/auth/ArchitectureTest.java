package org.partyline.auth;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.ObjectInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Timer;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** The fences of this module: see docs/architecture.md. */
@AnalyzeClasses(packages = "org.partyline.auth", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] HIDDEN = {"org.partyline.auth.internal..", "org.bouncycastle..", "com.fasterxml.."};

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("org.partyline.(**)").should().beFreeOfCycles();

    /** No sockets, no threads, no other module of the house: secrets and proofs alone. */
    @ArchTest
    static final ArchRule ONLY_THE_PLATFORM_AND_FEW_LIBRARIES = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "org.partyline.auth..",
                            "java.io..",
                            "java.lang..",
                            "java.math..",
                            "java.nio..",
                            "java.security..",
                            "java.time..",
                            "java.util..",
                            "javax.crypto..",
                            "com.ongres.saslprep..",
                            "com.ongres.stringprep..",
                            "org.bouncycastle..",
                            "com.fasterxml.jackson.core..",
                            "org.slf4j..",
                            "org.jspecify..")
                    .or(belongToAnyOf(URI.class, URISyntaxException.class)));

    @ArchTest
    static final ArchRule BOUNCY_CASTLE_IS_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("org.partyline.auth.internal.crypto")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule JACKSON_IS_IN_ONE_PACKAGE = noClasses()
            .that()
            .resideOutsideOfPackage("org.partyline.auth.internal.jose")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..");

    /** What is optional must not be needed by who has no license. */
    @ArchTest
    static final ArchRule SIGN_IN_KNOWS_NO_LICENSES = noClasses()
            .that()
            .resideInAnyPackage("org.partyline.auth.credentials", "org.partyline.auth.sasl")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.partyline.auth.license..",
                    "org.partyline.auth.internal.jose",
                    "org.bouncycastle..",
                    "com.fasterxml..");

    /** The check of keys and signatures does not change with the providers that an application installs. */
    @ArchTest
    static final ArchRule LICENSES_ASK_NO_PROVIDER = noClasses()
            .that()
            .resideInAnyPackage("org.partyline.auth.license..", "org.partyline.auth.internal.jose")
            .or()
            .haveSimpleName("VerifyKey")
            .or()
            .haveSimpleName("SigningKey")
            .or()
            .haveSimpleName("P256")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Provider.class, Signature.class, KeyFactory.class, KeyPairGenerator.class);

    @ArchTest
    static final ArchRule PUBLIC_SIGNATURES_NAME_NOTHING_HIDDEN = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("org.partyline.auth.internal..")
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should()
            .notHaveRawReturnType(resideInAnyPackage(HIDDEN))
            .andShould(new ArchCondition<>("have no hidden parameter") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    boolean hidden = method.getRawParameterTypes().stream().anyMatch(resideInAnyPackage(HIDDEN));
                    events.add(new SimpleConditionEvent(method, !hidden, method.getFullName()));
                }
            });

    @ArchTest
    static void noPackageHoldsMoreThan25Types(JavaClasses classes) {
        Map<String, Long> types = classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        assertTrue(types.size() > 5, "packages were not found: " + types);
        types.values().removeIf(count -> count <= 25);
        assertEquals(Map.of(), types);
    }

    @ArchTest
    static final ArchRule NOBODY_STARTS_A_THREAD = noClasses()
            .should()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Executors.class, ThreadFactory.class, Timer.class);

    /** T-RNG-1: what is made at random is made by SecureRandom. */
    @ArchTest
    static final ArchRule NOTHING_IS_LEFT_TO_CHANCE_THAT_CAN_BE_GUESSED =
            noClasses().should().dependOnClassesThat().belongToAnyOf(Random.class, ThreadLocalRandom.class);

    /** T-SC-3: proofs are compared in constant time, by MessageDigest.isEqual. */
    @ArchTest
    static final ArchRule SECRETS_ARE_NOT_COMPARED_BYTE_BY_BYTE = noClasses()
            .should()
            .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
            .orShould()
            .callMethod(Arrays.class, "equals", char[].class, char[].class);

    @ArchTest
    static final ArchRule NOTHING_IS_DESERIALIZED =
            noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);
}
