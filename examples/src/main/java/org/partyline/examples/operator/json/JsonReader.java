package org.partyline.examples.operator.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.partyline.examples.operator.json.Json.Arr;
import org.partyline.examples.operator.json.Json.Bool;
import org.partyline.examples.operator.json.Json.Decimal;
import org.partyline.examples.operator.json.Json.Int;
import org.partyline.examples.operator.json.Json.Null;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.json.Json.Str;

/**
 * Reads JSON as RFC 8259 has it, in UTF-8 and nothing else, where no name stands twice in an object, and nothing follows
 * the value.
 */
public final class JsonReader {
    private static final int DEEPEST = 8;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_TEXT = 4_000;
    private static final int LONGEST_NUMBER = 40;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNameLength(LONGEST_NAME)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    private JsonReader() {}

    /**
     * {@return the value that a text holds}
     *
     * @param bytes the text
     * @param most how many bytes are read at most
     * @throws JsonSyntaxException if it holds none, or more than one, or is beyond a bound
     */
    public static Json read(byte[] bytes, int most) throws JsonSyntaxException {
        if (bytes.length > most) {
            throw new JsonSyntaxException("it has " + bytes.length + " bytes, and " + most + " are allowed");
        }
        try (JsonParser parser = FACTORY.createParser(decoded(bytes))) {
            if (parser.nextToken() == null) {
                throw new JsonSyntaxException("it is empty");
            }
            Json value = value(parser);
            if (parser.nextToken() != null) {
                throw at(parser, "something follows the value");
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw new JsonSyntaxException("it is nested deeper than " + DEEPEST + ", or a name, text or number in it is"
                    + " longer than " + LONGEST_NAME + ", " + LONGEST_TEXT + " or " + LONGEST_NUMBER + " characters");
        } catch (JsonProcessingException e) {
            throw new JsonSyntaxException("line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new AssertionError("no file is read here", e);
        }
    }

    // Jackson guesses among five encodings, given bytes.
    private static String decoded(byte[] bytes) throws JsonSyntaxException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new JsonSyntaxException("it is not UTF-8");
        }
    }

    private static Json value(JsonParser parser) throws IOException, JsonSyntaxException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Str(whole(parser, parser.getText()));
            case VALUE_NUMBER_INT -> integer(parser.getText());
            case VALUE_NUMBER_FLOAT -> new Decimal(parser.getText());
            case VALUE_TRUE -> new Bool(true);
            case VALUE_FALSE -> new Bool(false);
            case VALUE_NULL -> new Null();
            default -> throw at(parser, "a value is missing");
        };
    }

    private static Obj object(JsonParser parser) throws IOException, JsonSyntaxException {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = whole(parser, parser.currentName());
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new Obj(members);
    }

    private static Arr array(JsonParser parser) throws IOException, JsonSyntaxException {
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new Arr(items);
    }

    private static Json integer(String text) {
        try {
            return new Int(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return new Decimal(text);
        }
    }

    /** Half of a surrogate pair can be written as an escape, but is no character, and has no UTF-8. */
    private static String whole(JsonParser parser, String text) throws JsonSyntaxException {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw at(parser, "a text holds half a character");
        }
        return text;
    }

    private static JsonSyntaxException at(JsonParser parser, String what) {
        return new JsonSyntaxException("line " + parser.currentTokenLocation().getLineNr() + ", column "
                + parser.currentTokenLocation().getColumnNr() + ": " + what);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("it is not JSON");
    }
}
