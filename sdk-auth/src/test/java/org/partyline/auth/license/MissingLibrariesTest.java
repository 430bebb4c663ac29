package org.partyline.auth.license;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that has a license and not what it needs. */
class MissingLibrariesTest {

    @ParameterizedTest
    @ValueSource(strings = {"bcprov-jdk18on", "jackson-core"})
    void missingJar_isNamed(String missing) throws Exception {
        URL[] others = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains(missing))
                .map(MissingLibrariesTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(others, ClassLoader.getPlatformClassLoader())) {
            Class<?> key = Class.forName("org.partyline.auth.license.PublicJwk", true, loader);
            assertNamesBoth(assertThrows(
                    InvocationTargetException.class,
                    () -> key.getMethod("parse", String.class).invoke(null, "{}")));
            Class<?> license = Class.forName("org.partyline.auth.license.License", true, loader);
            Class<?> roots = Class.forName("org.partyline.auth.license.TrustRoots", true, loader);
            assertNamesBoth(assertThrows(
                    InvocationTargetException.class,
                    () -> license.getMethod("parse", String.class, roots).invoke(null, "{}", null)));
            Class<?> instance = Class.forName("org.partyline.auth.license.token.InstanceKey", true, loader);
            assertNamesBoth(assertThrows(
                    InvocationTargetException.class,
                    () -> instance.getMethod("generate").invoke(null)));
        }
    }

    private static void assertNamesBoth(InvocationTargetException e) {
        IllegalStateException told = assertInstanceOf(IllegalStateException.class, e.getCause());
        assertTrue(String.valueOf(told.getMessage()).contains("org.bouncycastle:bcprov-jdk18on"));
        assertTrue(String.valueOf(told.getMessage()).contains("com.fasterxml.jackson.core:jackson-core"));
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
