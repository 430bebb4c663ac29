package org.partyline.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.partyline.message.OutgoingMessage;
import org.partyline.message.SentMessage;

/** Whatever gives a future has a twin that waits, or stands in the list of those that have another name. */
class BlockingParityTest {

    /** Asynchronous methods whose twin has another name, and that twin. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "ChatClient.closeAsync()", "BlockingClient.close()",
            "OutgoingMessage.send()", "BlockingMessages.send(OutgoingMessage)",
            "SentMessage.cancel()", "BlockingMessages.cancel(SentMessage)",
            "SentMessage.edit(String)", "BlockingMessages.edit(SentMessage, String)",
            "SentMessage.acknowledged()", "BlockingMessages.awaitAck(SentMessage)",
            "SentMessage.delivered()", "BlockingMessages.awaitDelivery(SentMessage)");

    @Test
    void everyFuture_hasATwinThatWaits() {
        Map<String, Class<?>> asynchronous = new TreeMap<>();
        Set<String> blocking = new TreeSet<>();
        rooms().forEach((room, twin) -> {
            futures(room).forEach(method -> asynchronous.put(signature(method), twin));
            publicMethods(twin).forEach(method -> blocking.add(signature(method)));
        });
        Stream.of(OutgoingMessage.class, SentMessage.class)
                .flatMap(BlockingParityTest::futures)
                .forEach(method -> asynchronous.put(signature(method), BlockingMessages.class));
        assertTrue(asynchronous.size() >= 20, "found only " + asynchronous.keySet());

        Set<String> missing = new TreeSet<>();
        asynchronous.forEach((method, twin) -> {
            String sameName = twin.getSimpleName() + method.substring(method.indexOf('.'));
            String expected = OTHER_NAMES.getOrDefault(method, sameName);
            if (!blocking.contains(expected)) {
                missing.add(method + " has no " + expected);
            }
        });
        assertEquals(Set.of(), missing);
        Set<String> stale = new TreeSet<>(OTHER_NAMES.keySet());
        stale.removeAll(asynchronous.keySet());
        assertEquals(Set.of(), stale, "listed, but gone");
    }

    @Test
    void twins_returnWhatTheFutureHolds() {
        rooms().forEach((room, twin) -> futures(room)
                .filter(method -> !OTHER_NAMES.containsKey(signature(method)))
                .forEach(method -> {
                    Type held = ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0];
                    Type returned = publicMethods(twin)
                            .filter(each -> each.getName().equals(method.getName())
                                    && Arrays.equals(each.getParameterTypes(), method.getParameterTypes()))
                            .findFirst()
                            .orElseThrow()
                            .getGenericReturnType();
                    assertEquals(held, boxed(returned), signature(method));
                }));
    }

    private static Type boxed(Type type) {
        return type instanceof Class<?> plain
                ? MethodType.methodType(plain).wrap().returnType()
                : type;
    }

    /** The client and those of its services that give futures, each with the class of the same accessor. */
    private static Map<Class<?>, Class<?>> rooms() {
        Map<Class<?>, Class<?>> rooms = new LinkedHashMap<>();
        rooms.put(ChatClient.class, BlockingClient.class);
        publicMethods(ChatClient.class)
                .filter(method -> method.getParameterCount() == 0
                        && method.getReturnType().isInterface()
                        && futures(method.getReturnType()).findAny().isPresent())
                .forEach(method -> rooms.put(
                        method.getReturnType(),
                        publicMethods(BlockingClient.class)
                                .filter(twin -> twin.getName().equals(method.getName()))
                                .findFirst()
                                .orElseThrow(
                                        () -> new AssertionError("BlockingClient has no " + method.getName() + "()"))
                                .getReturnType()));
        return rooms;
    }

    private static Stream<Method> futures(Class<?> type) {
        return publicMethods(type).filter(method -> method.getReturnType() == CompletableFuture.class);
    }

    private static Stream<Method> publicMethods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic());
    }

    private static String signature(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(
                        ", ", method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(", ")"));
    }
}
