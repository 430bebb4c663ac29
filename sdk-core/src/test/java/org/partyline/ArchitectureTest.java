package org.partyline;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The house's rules: which package may know which, and what no package does. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int MOST_TYPES = 25;
    private static final int MOST_LINES = 800;

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> location.contains("/sdk-core/"))
            .importPackages("org.partyline");

    @Test
    void coreIsThere() {
        assertTrue(CORE.size() > 50, "found " + CORE.size() + " classes");
    }

    @Test
    void packages_formNoCycle() {
        slices().matching("org.partyline.(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void foreignLibraries_liveInOtherModules() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "org.bouncycastle..", "com.fasterxml..", "com.ongres..")
                .check(CORE);
    }

    @Test
    void precis_isKnownToAddressesAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.partyline.address")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("rocks.xmpp..")
                .check(CORE);
    }

    @Test
    void otherModules_areKnownByTheirPublicPackages() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.partyline.transport.internal..", "org.partyline.auth.internal..")
                .check(CORE);
    }

    /** The session stands on the negotiation, that on stream management, and all on the stanza; features stand side by side and meet in one room. */
    @Test
    void featuresOfXmpp_knowNoSiblingButStanza() {
        slices().matching("org.partyline.xmpp.internal.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(room("*"), room("stanza"))
                .ignoreDependency(room("negotiation"), room("sm"))
                .ignoreDependency(room("session"), room("sm"))
                .ignoreDependency(room("session"), room("negotiation"))
                .ignoreDependency(room("session"), room("trace"))
                .ignoreDependency(room("session"), room("features"))
                .ignoreDependency(room("features"), room("*"))
                .check(CORE);
    }

    private static DescribedPredicate<JavaClass> room(String name) {
        return resideInAPackage("org.partyline.xmpp.internal." + name + "..");
    }

    @Test
    void protocols_neverMeet() {
        noClasses()
                .that()
                .resideInAPackage("org.partyline.xmpp..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.partyline.msnp..")
                .check(CORE);
        noClasses()
                .that()
                .resideInAPackage("org.partyline.msnp..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.partyline.xmpp..")
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void hiddenMachinery_knowsNoProtocolAndNoClient() {
        noClasses()
                .that()
                .resideInAPackage("org.partyline.internal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.partyline.xmpp..", "org.partyline.msnp..", "org.partyline.client..")
                .check(CORE);
    }

    @Test
    void values_doNotKnowTheClientNorWhatIsHidden() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.partyline.address",
                        "org.partyline.archive",
                        "org.partyline.archive",
                        "org.partyline.message",
                        "org.partyline.presence",
                        "org.partyline.roster",
                        "org.partyline.privacy",
                        "org.partyline.session",
                        "org.partyline.error",
                        "org.partyline.stream",
                        "org.partyline.trace")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.partyline.client..",
                        "org.partyline.spi..",
                        "org.partyline.xmpp..",
                        "org.partyline.msnp..",
                        "org.partyline.internal..")
                .check(CORE);
    }

    @Test
    void packages_areSmall() {
        Map<String, List<JavaClass>> packages = CORE.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getPackageName));
        packages.forEach((name, types) -> assertTrue(
                types.size() <= MOST_TYPES,
                name + " has " + types.size() + " types, and " + MOST_TYPES + " are allowed"));
    }

    @Test
    void sourceFiles_areSmall() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                int count = Files.readAllLines(file).size();
                assertTrue(count <= MOST_LINES, file + " has " + count + " lines");
            }
        }
    }

    @Test
    @DisplayName("T-RNG-1: chance that can be guessed is for delays alone")
    void chance_isForJitterAlone() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Jitter")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .callMethod(Math.class, "random")
                .because("an id or a nonce that can be guessed is a hole: they come from SecureRandom")
                .check(CORE);
    }

    @Test
    @DisplayName("T-DES-1: nothing is deserialized")
    void nothing_isDeserialized() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(CORE);
        classes()
                .that()
                .areNotAssignableTo(Throwable.class)
                .and(isNoPartOf(Throwable.class))
                .and()
                .areNotEnums()
                .and()
                .areNotAnonymousClasses()
                .should()
                .notBeAssignableTo("java.io.Serializable")
                .check(CORE);
    }

    /** Exceptions are serializable by nature, and so must be what they hold. */
    private static DescribedPredicate<JavaClass> isNoPartOf(Class<?> outer) {
        return describe(
                "are no part of a " + outer.getSimpleName(),
                type -> type.getEnclosingClass()
                        .map(enclosing -> !enclosing.isAssignableTo(outer))
                        .orElse(true));
    }

    @Test
    @DisplayName("T-RE-1: no regular expression, which can take for ever, reads what peers write")
    void nothing_isReadByRegularExpressions() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex")
                .orShould()
                .callMethodWhere(target(owner(assignableTo(String.class)))
                        .and(target(name("matches"))
                                .or(target(name("replaceAll")))
                                .or(target(name("replaceFirst")))
                                .or(target(name("split")))))
                .check(CORE);
    }

    @Test
    void nothing_isLoggedAtInfo() {
        noClasses()
                .should()
                .callMethodWhere(target(name("info")).and(target(owner(assignableTo(Logger.class)))))
                .check(CORE);
    }

    @Test
    void publicSignatures_nameNoHiddenTypeAndNoForeignLibrary() {
        Set<String> leaks = new TreeSet<>();
        for (JavaClass type : CORE) {
            if (!isVisible(type)) {
                continue;
            }
            type.getMembers().stream()
                    .filter(ArchitectureTest::isVisible)
                    .forEach(member -> signature(member)
                            .flatMap(named -> named.getAllInvolvedRawTypes().stream())
                            .map(JavaClass::getBaseComponentType)
                            .filter(named -> !isAllowed(named))
                            .forEach(named -> leaks.add(member.getFullName() + " names " + named.getName())));
            Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream())
                    .flatMap(named -> named.getAllInvolvedRawTypes().stream())
                    .filter(named -> !isAllowed(named))
                    .forEach(named -> leaks.add(type.getName() + " extends " + named.getName()));
        }
        assertEquals(Set.of(), leaks);
    }

    /** {@return whether a user of the module can name it} */
    private static boolean isVisible(JavaClass type) {
        return !type.getPackageName().contains(".internal")
                && type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        return !member.getModifiers().contains(JavaModifier.SYNTHETIC)
                && (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED));
    }

    private static Stream<JavaType> signature(JavaMember member) {
        if (member instanceof JavaCodeUnit code) {
            return Stream.of(
                            Stream.of(code.getReturnType()),
                            code.getParameterTypes().stream(),
                            code.getExceptionTypes().stream())
                    .flatMap(types -> types);
        }
        return Stream.of(((JavaField) member).getType());
    }

    private static boolean isAllowed(JavaClass named) {
        return named.isPrimitive()
                || named.getPackageName().startsWith("java.")
                || (named.getPackageName().startsWith("org.partyline.")
                        && !named.getPackageName().contains(".internal"));
    }
}
