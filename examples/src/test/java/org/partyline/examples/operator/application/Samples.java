package org.partyline.examples.operator.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The application that documents show, and changes to it. By another library than the one under test. */
public final class Samples {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Samples() {}

    /** {@return the application's text} */
    public static byte[] text() {
        try (InputStream in = Samples.class.getResourceAsStream("/org/partyline/examples/operator/application.json")) {
            return Objects.requireNonNull(in, "the sample").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Application application() {
        try {
            return Application.read(text());
        } catch (InvalidApplicationException e) {
            throw new AssertionError(e);
        }
    }

    /** {@return the application's text with another value at a pointer, or without what is there} */
    public static byte[] with(String pointer, @Nullable String json) {
        try {
            JsonNode root = MAPPER.readTree(text());
            int cut = pointer.lastIndexOf('/');
            if (cut < 0) {
                return String.valueOf(json).getBytes(StandardCharsets.UTF_8);
            }
            JsonNode parent = root.at(pointer.substring(0, cut));
            String name = pointer.substring(cut + 1);
            if (parent instanceof ArrayNode array) {
                set(array, name, json);
            } else if (json == null) {
                ((ObjectNode) parent).remove(name);
            } else {
                ((ObjectNode) parent).set(name, MAPPER.readTree(json));
            }
            return MAPPER.writeValueAsBytes(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void set(ArrayNode array, String name, @Nullable String json) throws IOException {
        if (json == null) {
            array.remove(Integer.parseInt(name));
        } else if (name.equals("-")) {
            array.add(MAPPER.readTree(json));
        } else {
            array.set(Integer.parseInt(name), MAPPER.readTree(json));
        }
    }
}
