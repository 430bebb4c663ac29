package org.partyline.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.partyline.auth.sasl.SaslOptions;
import org.partyline.spi.SessionLimits;
import org.partyline.transport.connection.TransportOptions;
import org.partyline.transport.xml.XmlLimits;

/** The table of limits in docs/architecture.md says what the code says. */
class LimitsTest {
    private static final String DOCUMENT = "docs/architecture.md";
    private static final Pattern CONSTANT = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final Pattern VALUE = Pattern.compile("([\\d,]+)(?: (\\w+))?");
    private static final Pattern TEST = Pattern.compile("`\\w+Test#\\w+`");
    private static final Pattern BOUND = Pattern.compile(
            "static final (?:int|long|Duration) ((?:MAX|MOST|LONGEST)(?:_\\w+)?|\\w+_TIMEOUT|WRITE_STALL) =");

    /** What a standard fixes, what bounds a setting itself, and what is about speed or threads. */
    private static final Set<String> NO_LIMITS = Set.of(
            "`AddressRace.MAX_PARALLEL`",
            "`ChatResources.CLOSE_TIMEOUT`",
            "`DomainName.MAX_LABEL`",
            "`DomainName.MAX_NAME`",
            "`Domains.MAX_LABEL`",
            "`Frames.MAX_CONTROL`",
            "`Frames.MAX_HEAD`",
            "`NameTable.LONGEST`",
            "`OutgoingStanza.MOST_PATIENCE`",
            "`PlainElement.MAX_ATTRIBUTES`",
            "`PlainElement.MAX_DEPTH`",
            "`ProxyPassword.MAX_BYTES`",
            "`ProxyServer.MAX_NAME_BYTES`",
            "`SessionLimits.MOST_PATIENCE`",
            "`Socks5Dialog.LONGEST`",
            "`Utf8Output.MOST_BYTES_PER_CHAR`",
            "`XmlLimits.MOST_BYTES`");

    private static final Pattern NUMBER = Pattern.compile("\\bL(\\d+)\\b");

    @TestFactory
    List<DynamicTest> everyRow_tellsTheConstantsValue() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (List<String> row : Documents.rows(DOCUMENT, "Limits")) {
            Matcher constant = CONSTANT.matcher(row.get(1));
            if (constant.matches()) {
                tests.add(DynamicTest.dynamicTest(
                        row.get(0) + " " + row.get(1),
                        () -> assertEquals(value(constant.group(1), constant.group(2)), parse(row.get(2)))));
            }
        }
        assertFalse(tests.isEmpty(), "no row names a constant");
        return tests;
    }

    @Test
    void everyRow_namesATest_andTheSourceNamesItsNumber() throws IOException {
        Set<String> wrong = new TreeSet<>();
        for (List<String> row : Documents.rows(DOCUMENT, "Limits")) {
            Matcher constant = CONSTANT.matcher(row.get(1));
            String source = constant.matches() ? Files.readString(source(constant.group(1))) : row.get(0);
            if (row.size() != 5 || !TEST.matcher(row.get(4)).matches()) {
                wrong.add(row + " names no test");
            }
            if (!Pattern.compile("\\b" + row.get(0) + "\\b").matcher(source).find()) {
                wrong.add(constant.group(1) + " does not mention " + row.get(0));
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void everyConstantThatBounds_hasARow() throws IOException {
        Set<String> constants = new TreeSet<>();
        for (Path source : Documents.sources("main")) {
            if (!isOfTestkit(source)) {
                BOUND.matcher(Files.readString(source))
                        .results()
                        .map(found ->
                                "`" + source.getFileName().toString().replace(".java", ".") + found.group(1) + "`")
                        .forEach(constants::add);
            }
        }
        assertFalse(constants.size() < 40, "bounds were not found: " + constants);

        Set<String> listed = new TreeSet<>(NO_LIMITS);
        for (List<String> row : Documents.rows(DOCUMENT, "Limits")) {
            listed.add(row.get(1));
        }
        constants.removeAll(listed);
        assertEquals(Set.of(), constants);
    }

    @Test
    void everySettingThatBounds_hasARow() throws IOException {
        Set<String> settings = Stream.of(XmlLimits.class, SessionLimits.class, SaslOptions.class)
                .flatMap(type -> Stream.of(type.getRecordComponents()))
                .filter(component -> component.getType() != boolean.class)
                .map(LimitsTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
        Stream.of(TransportOptions.class.getMethods())
                .filter(method -> method.getReturnType() == Duration.class)
                .forEach(method -> settings.add("`TransportOptions." + method.getName() + "`"));

        for (List<String> row : Documents.rows(DOCUMENT, "Limits")) {
            settings.remove(row.get(1));
        }

        assertEquals(Set.of(), settings);
    }

    @Test
    void everyNumberInTheSources_hasARow() throws IOException {
        Set<String> numbers = new TreeSet<>();
        for (Path source : Documents.sources("main")) {
            Files.readAllLines(source).stream()
                    .filter(line -> line.strip().startsWith("*") || line.contains("/*") || line.contains("//"))
                    .flatMap(line -> NUMBER.matcher(line).results())
                    .map(MatchResult::group)
                    .forEach(numbers::add);
        }
        assertFalse(numbers.isEmpty(), "no limit is numbered");

        for (List<String> row : Documents.rows(DOCUMENT, "Limits")) {
            numbers.remove(row.get(0));
        }

        assertEquals(Set.of(), numbers);
    }

    private static String name(RecordComponent component) {
        return "`" + component.getDeclaringRecord().getSimpleName() + "." + component.getName() + "`";
    }

    private static boolean isOfTestkit(Path source) {
        return source.toString().replace('\\', '/').contains("/sdk-testkit/");
    }

    private static Path source(String type) throws IOException {
        List<Path> found = Documents.sources("main").stream()
                .filter(file -> file.getFileName().toString().equals(type + ".java") && !isOfTestkit(file))
                .toList();
        assertEquals(1, found.size(), "files of " + type);
        return found.get(0);
    }

    private static Object value(String type, String member) throws IOException, ReflectiveOperationException {
        Path source = source(type);
        Matcher declaration = Pattern.compile("(?m)^package ([\\w.]+);").matcher(Files.readString(source));
        if (!declaration.find()) {
            throw new AssertionError(source + " is in no package");
        }
        Class<?> owner = Class.forName(declaration.group(1) + "." + type);
        for (Method method : owner.getMethods()) {
            if (method.getName().equals(member) && method.getParameterCount() == 0) {
                return widened(method.invoke(owner.getField("DEFAULT").get(null)));
            }
        }
        Field constant = constant(owner, member);
        constant.setAccessible(true);
        return widened(constant.get(null));
    }

    /** {@return the field of a type, or of one within it} */
    private static Field constant(Class<?> owner, String member) throws NoSuchFieldException {
        for (Class<?> within : owner.getDeclaredClasses()) {
            for (Field field : within.getDeclaredFields()) {
                if (field.getName().equals(member)) {
                    return field;
                }
            }
        }
        return owner.getDeclaredField(member);
    }

    private static Object widened(Object value) {
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }

    /** {@return a number, times 1,024 where the unit says so, or a duration} */
    private static Object parse(String text) {
        Matcher value = VALUE.matcher(text);
        if (!value.matches()) {
            throw new AssertionError("neither a number nor a time: " + text);
        }
        long number = Long.parseLong(value.group(1).replace(",", ""));
        String unit = value.group(2) == null ? "" : value.group(2);
        return switch (unit) {
            case "KiB" -> number * 1024;
            case "MiB" -> number * 1024 * 1024;
            case "s" -> Duration.ofSeconds(number);
            case "min" -> Duration.ofMinutes(number);
            case "days" -> Duration.ofDays(number);
            default -> number;
        };
    }
}
