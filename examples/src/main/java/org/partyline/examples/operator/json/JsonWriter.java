package org.partyline.examples.operator.json;

import java.util.Iterator;
import java.util.Map;
import org.partyline.examples.operator.json.Json.Arr;
import org.partyline.examples.operator.json.Json.Bool;
import org.partyline.examples.operator.json.Json.Decimal;
import org.partyline.examples.operator.json.Json.Int;
import org.partyline.examples.operator.json.Json.Obj;
import org.partyline.examples.operator.json.Json.Str;

/**
 * Writes JSON in one way only, so that a value with its order of members has one text: no space, whole numbers in decimal,
 * and escapes for the quote, the backslash and characters below U+0020 alone, the short ones where there are some.
 */
public final class JsonWriter {
    private JsonWriter() {}

    /** {@return a value for people: a text as it is, anything else as JSON} */
    public static String plain(Json value) {
        return value instanceof Json.Str text ? text.value() : write(value);
    }

    /**
     * {@return the text of a value}
     *
     * @param value the value
     * @throws IllegalArgumentException if there is a number in it that is not whole
     */
    public static String write(Json value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Json value, StringBuilder out) {
        if (value instanceof Obj object) {
            char before = '{';
            for (Map.Entry<String, Json> member : object.members().entrySet()) {
                out.append(before);
                text(member.getKey(), out);
                out.append(':');
                write(member.getValue(), out);
                before = ',';
            }
            out.append(object.members().isEmpty() ? "{}" : "}");
        } else if (value instanceof Arr array) {
            out.append('[');
            for (Iterator<Json> items = array.items().iterator(); items.hasNext(); ) {
                write(items.next(), out);
                out.append(items.hasNext() ? "," : "");
            }
            out.append(']');
        } else if (value instanceof Str string) {
            text(string.value(), out);
        } else if (value instanceof Int number) {
            out.append(number.value());
        } else if (value instanceof Bool bool) {
            out.append(bool.value());
        } else if (value instanceof Decimal) {
            throw new IllegalArgumentException("a number that is not whole has more than one text");
        } else {
            out.append("null");
        }
    }

    private static void text(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
