package org.partyline.auth.internal.jose;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.partyline.auth.internal.jose.JoseException.Reason;

/** Strict JSON (RFC 8259), read and written by Jackson's streams; the one place that knows them. */
public final class Json {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_NAME = 128;
    private static final int MAX_DIGITS = 32;

    /** Beyond it a number is not the same to every reader of JSON (RFC 8259 section 6). */
    private static final long LARGEST = 1L << 53;

    private static final JsonFactory FACTORY = factory();

    /** A member that is there, and that nobody can ask for: null, a fraction, a number out of bounds. */
    private enum Odd {
        NULL,
        NUMBER
    }

    private Json() {}

    private static JsonFactory factory() {
        // Names come from the token, so none is kept beyond its reading.
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_DIGITS)
                        .maxNameLength(MAX_NAME)
                        .build())
                .build();
    }

    /**
     * {@return the object that UTF-8 holds, and nothing after it}
     *
     * @param utf8 the text, whose length the caller has checked
     * @throws JoseException if it is no such object, or a name occurs twice in one
     */
    public static JsonObject read(byte[] utf8) throws JoseException {
        try {
            return read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new JoseException(Reason.JSON);
        }
    }

    /**
     * {@return the object that a text holds, and nothing after it}
     *
     * @param text the text, whose length the caller has checked
     * @throws JoseException if it is no such object, or a name occurs twice in one
     */
    public static JsonObject read(String text) throws JoseException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JoseException(Reason.JSON);
            }
            JsonObject object = object(parser);
            if (parser.nextToken() != null) {
                throw new JoseException(Reason.JSON);
            }
            return object;
        } catch (IOException e) {
            // Jackson's message quotes the text.
            throw new JoseException(Reason.JSON);
        }
    }

    /** Recursion is bounded by the depth that the factory allows. */
    private static JsonObject object(JsonParser parser) throws IOException, JoseException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            // By hand and not by Jackson's STRICT_DUPLICATE_DETECTION, which tells it in a message alone.
            if (members.putIfAbsent(name, value(parser)) != null) {
                throw new JoseException(Reason.DUPLICATE);
            }
        }
        return new JsonObject(members);
    }

    private static Object value(JsonParser parser) throws IOException, JoseException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> number(parser);
            case VALUE_NUMBER_FLOAT -> Odd.NUMBER;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> Odd.NULL;
            default -> throw new JoseException(Reason.JSON);
        };
    }

    private static Object number(JsonParser parser) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return Odd.NUMBER;
        }
        long number = parser.getLongValue();
        return number < -LARGEST || number > LARGEST ? Odd.NUMBER : (Object) number;
    }

    private static List<Object> list(JsonParser parser) throws IOException, JoseException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    /**
     * {@return an object as text, without white space}
     *
     * @param members of texts, integers, truth values, lists, and maps like this one; those that are null are left out
     */
    public static String write(Map<String, ?> members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(generator, members);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> members) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> member : members.entrySet()) {
                if (member.getValue() != null) {
                    generator.writeFieldName(String.valueOf(member.getKey()));
                    write(generator, member.getValue());
                }
            }
            generator.writeEndObject();
        } else if (value instanceof Collection<?> items) {
            generator.writeStartArray();
            for (Object item : items) {
                write(generator, item);
            }
            generator.writeEndArray();
        } else if (value instanceof Integer || value instanceof Long) {
            generator.writeNumber(((Number) value).longValue());
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof CharSequence text) {
            generator.writeString(text.toString());
        } else {
            throw new IllegalArgumentException("no value of JSON");
        }
    }
}
