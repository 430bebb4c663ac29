package org.partyline.auth;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.Timer;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;

/** The fences of this module: see docs/architecture.md. */
@AnalyzeClasses(packages = "org.partyline.auth", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("org.partyline.(**)").should().beFreeOfCycles();

    /** No sockets, no threads, no other module of the house: secrets and proofs alone. */
    @ArchTest
    static final ArchRule ONLY_THE_PLATFORM_AND_THE_STRING_PREPARATION = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.partyline.auth..",
                    "java.lang..",
                    "java.nio..",
                    "java.security..",
                    "java.time..",
                    "java.util..",
                    "javax.crypto..",
                    "com.ongres.saslprep..",
                    "com.ongres.stringprep..",
                    "org.slf4j..",
                    "org.jspecify..");

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
